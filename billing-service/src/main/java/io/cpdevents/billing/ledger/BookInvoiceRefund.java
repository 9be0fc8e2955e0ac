package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Money of an organization's plan has gone back, or has come back because that failed. */
@Component
public class BookInvoiceRefund {

  private final PostBalanceTransaction post;

  BookInvoiceRefund(PostBalanceTransaction post) {
    this.post = post;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(StripeBalanceTransaction transaction) {
    post.handle(
        new PostBalanceTransaction.Command(
            transaction,
            JournalReferences.none(),
            Postings.ownMovement(
                LedgerAccount.platform(Kind.SUBSCRIPTIONS), transaction.net(), transaction.fee())));
  }
}
