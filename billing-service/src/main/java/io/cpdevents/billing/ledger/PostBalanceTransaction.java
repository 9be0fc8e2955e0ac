package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A movement of Stripe's balance is posted, once: nothing else moves the account {@code stripe}.
 */
@Component
class PostBalanceTransaction {

  private final Ledger ledger;
  private final BalanceTransactions balanceTransactions;

  PostBalanceTransaction(Ledger ledger, BalanceTransactions balanceTransactions) {
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
  }

  /**
   * Posts a transaction; one that moves nothing has no journal and is only stored.
   *
   * @return whether it was posted now
   */
  boolean handle(
      StripeBalanceTransaction transaction, JournalReferences about, List<Posting> postings) {
    if (postings.isEmpty()) {
      balanceTransactions.insert(transaction, null);
      return false;
    }
    Optional<UUID> journal =
        ledger.post(
            new Journal(JournalKind.BALANCE_TRANSACTION, transaction.id(), about, postings));
    journal.ifPresent(id -> balanceTransactions.insert(transaction, id));
    return journal.isPresent();
  }
}
