package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.time.SystemTime;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A movement of Stripe's balance is posted, once: nothing else moves the account {@code stripe}.
 */
@Component
class PostBalanceTransaction {

  /** A movement and what is posted about it. */
  record Command(
      StripeBalanceTransaction transaction, JournalReferences about, List<Posting> postings) {}

  private final Ledger ledger;
  private final BalanceTransactions balanceTransactions;
  private final SystemTime systemTime;

  PostBalanceTransaction(
      Ledger ledger, BalanceTransactions balanceTransactions, SystemTime systemTime) {
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
    this.systemTime = systemTime;
  }

  /**
   * Mirrors and posts a transaction; one that moves nothing has no journal, and one of a closed day
   * had it when the day was closed: if it is gone it is restored, and none is posted in its place.
   *
   * @return whether it was posted now
   */
  boolean handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    boolean isNew = balanceTransactions.insert(List.of(transaction), systemTime.now()) > 0;
    return !command.postings().isEmpty()
        && (isNew || !balanceTransactions.isClosed(transaction.id()))
        && ledger
            .post(
                new Journal(
                    JournalKind.BALANCE_TRANSACTION,
                    transaction.id(),
                    command.about(),
                    command.postings()))
            .isPresent();
  }
}
