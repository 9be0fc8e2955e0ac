package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.reconciliation.StripeBalances.Comparison;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Stripe says that it has for us is compared with the ledger's account {@code stripe}.
 * Transactions may be on their way to the ledger, so a difference opens a break when it is the same
 * some time later.
 */
@Component
public class CompareStripeBalance {

  /** Webhooks arrive within seconds; Stripe's list is read every ten minutes. */
  private static final Duration ON_THE_WAY_TIME = Duration.ofMinutes(30);

  private final StripeApi stripe;
  private final Mismatches mismatches;
  private final StripeBalances balances;
  private final AlignBreaks alignBreaks;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  CompareStripeBalance(
      StripeApi stripe,
      Mismatches mismatches,
      StripeBalances balances,
      AlignBreaks alignBreaks,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.stripe = stripe;
    this.mismatches = mismatches;
    this.balances = balances;
    this.alignBreaks = alignBreaks;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Compares every currency.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  public void handle() {
    List<Money> atStripe = stripe.balance(null);
    transaction.executeWithoutResult(_ -> {
      Instant now = systemTime.now();
      compare(byCurrency(atStripe), byCurrency(mismatches.ledgersBalance()))
          .forEach(each -> balances.keep(each, clock.instant(), now));
      alignBreaks.handle(
          BreakKind.STRIPE_BALANCE_DIFFERS,
          balances.differencesSince(now.minus(ON_THE_WAY_TIME)).stream()
              .map(CompareStripeBalance::differs)
              .toList());
    });
  }

  private static List<Comparison> compare(
      Map<Currency, Money> atStripe, Map<Currency, Money> inLedger) {
    Set<Currency> currencies = new HashSet<>(atStripe.keySet());
    currencies.addAll(inLedger.keySet());
    return currencies.stream()
        .map(currency ->
            new Comparison(
                atStripe.getOrDefault(currency, Money.zero(currency)),
                inLedger.getOrDefault(currency, Money.zero(currency))))
        .toList();
  }

  private static Map<Currency, Money> byCurrency(List<Money> amounts) {
    return amounts.stream().collect(Collectors.toMap(Money::currency, Function.identity()));
  }

  private static OpenBreak.Command differs(StripeBalances.Difference difference) {
    return new OpenBreak.Command(
        BreakKind.STRIPE_BALANCE_DIFFERS,
        "stripe:" + difference.amount().currency(),
        null,
        difference.amount(),
        difference.checkedAt());
  }
}
