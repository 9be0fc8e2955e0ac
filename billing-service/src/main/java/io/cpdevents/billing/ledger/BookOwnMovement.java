package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stripe has taken a fee of its own, or the platform has moved money between Stripe and its bank:
 * the type of the transaction says all.
 */
@Component
public class BookOwnMovement {

  private final PostBalanceTransaction post;

  BookOwnMovement(PostBalanceTransaction post) {
    this.post = post;
  }

  /** Books it, once; another type is left alone. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(StripeBalanceTransaction transaction) {
    against(transaction.type())
        .ifPresent(account ->
            post.handle(
                new PostBalanceTransaction.Command(
                    transaction,
                    JournalReferences.none(),
                    Postings.ownMovement(account, transaction.net(), transaction.fee()))));
  }

  /** Stripe's list of types: docs.stripe.com/reports/balance-transaction-types. */
  private static Optional<LedgerAccount> against(String type) {
    return switch (type) {
      case "stripe_fee", "stripe_fx_fee", "tax_fee" ->
          Optional.of(LedgerAccount.platform(Kind.STRIPE_FEES));
      case "topup", "topup_reversal", "payout", "payout_cancel", "payout_failure" ->
          Optional.of(LedgerAccount.platform(Kind.BANK));
      default -> Optional.empty();
    };
  }
}
