package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stripe has withdrawn what a dispute took, or reinstated it, and so do we book it. A transaction
 * that was booked before its dispute was known leaves suspense.
 */
@Component
public class BookDispute {

  /** The balance transaction of a dispute. */
  public record Command(StripeBalanceTransaction transaction, UUID paymentId, UUID disputeId) {}

  private final PostBalanceTransaction post;
  private final LeaveSuspense leaveSuspense;

  BookDispute(PostBalanceTransaction post, LeaveSuspense leaveSuspense) {
    this.post = post;
    this.leaveSuspense = leaveSuspense;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    Money net = transaction.net();
    Money fee = transaction.fee();
    JournalReferences about =
        JournalReferences.ofPayment(command.paymentId()).withDispute(command.disputeId());
    boolean booked =
        post.handle(
            new PostBalanceTransaction.Command(
                transaction, about, Postings.disputeSettled(net, fee)));
    if (!booked) {
      leaveSuspense.handle(
          new LeaveSuspense.Command(
              transaction,
              BreakKind.UNKNOWN_DISPUTE,
              new Journal(
                  JournalKind.DISPUTE_IDENTIFIED,
                  transaction.id(),
                  about,
                  Postings.disputeIdentified(net, fee))));
    }
  }
}
