package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Stripe says that it has for us is compared with the ledger's account {@code stripe}, to the
 * cent and while traffic goes on: each answer is kept until Stripe has listed everything that it
 * had created by then, and only then compared with what the ledger had. A difference that every
 * answer of some time shows opens a break.
 */
@Component
public class CompareStripeBalance {

  private final StripeApi stripe;
  private final StripeBalances balances;
  private final BalanceProgress progress;
  private final AlignBreaks alignBreaks;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;

  CompareStripeBalance(
      StripeApi stripe,
      StripeBalances balances,
      BalanceProgress progress,
      AlignBreaks alignBreaks,
      TransactionTemplate transaction,
      SystemTime systemTime) {
    this.stripe = stripe;
    this.balances = balances;
    this.progress = progress;
    this.alignBreaks = alignBreaks;
    this.transaction = transaction;
    this.systemTime = systemTime;
  }

  /**
   * Asks Stripe, and keeps its answer.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  void ask() {
    Instant knownUntil = systemTime.now();
    StripeApi.Balance answer = stripe.balance(null);
    transaction.executeWithoutResult(
        _ -> balances.insert(answer.amounts(), answer.answeredAt(), knownUntil));
  }

  /** Compares the answers before which Stripe's list has been read and everything settled. */
  void handle() {
    transaction.executeWithoutResult(_ -> {
      progress
          .followedUntil(BalanceProgress.PLATFORM)
          .map(Day::listedUntil)
          .ifPresent(listed -> {
            for (StripeBalances.Answer answer : balances.before(listed)) {
              answer
                  .reading()
                  .differenceMinor()
                  .ifPresent(difference -> balances.keep(answer, difference));
            }
            balances.forget(listed);
          });
      alignBreaks.handle(
          BreakKind.STRIPE_BALANCE_DIFFERS,
          balances.differences().stream().map(CompareStripeBalance::differs).toList());
    });
  }

  private static OpenBreak.Command differs(StripeBalances.Difference difference) {
    return new OpenBreak.Command(
        BreakKind.STRIPE_BALANCE_DIFFERS,
        "stripe:" + difference.amount().currency(),
        null,
        difference.amount(),
        difference.since());
  }
}
