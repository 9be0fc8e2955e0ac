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
  private final LeaveSuspense leaveSuspense;

  BookInvoiceRefund(PostBalanceTransaction post, LeaveSuspense leaveSuspense) {
    this.post = post;
    this.leaveSuspense = leaveSuspense;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(StripeBalanceTransaction transaction) {
    boolean booked =
        post.handle(
            new PostBalanceTransaction.Command(
                transaction,
                JournalReferences.none(),
                Postings.ownMovement(
                    LedgerAccount.platform(Kind.SUBSCRIPTIONS),
                    transaction.net(),
                    transaction.fee())));
    if (!booked) {
      leaveSuspense.handle(
          new LeaveSuspense.Command(
              transaction,
              BreakKind.UNKNOWN_REFUND,
              new Journal(
                  JournalKind.REFUND_IDENTIFIED,
                  transaction.id(),
                  JournalReferences.none(),
                  Postings.invoiceRefundIdentified(transaction.net().plus(transaction.fee())))));
    }
  }
}
