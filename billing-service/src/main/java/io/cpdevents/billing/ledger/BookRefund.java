package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stripe has booked what a refund took, or what its failure gave back, and so do we; a difference
 * to the refund opens a break. A transaction that was booked before its refund was known leaves
 * suspense.
 */
@Component
public class BookRefund {

  /**
   * The balance transaction of a refund, or of its failure.
   *
   * @param owed the refund's amount; negative for a failure: it is owed again
   */
  public record Command(
      StripeBalanceTransaction transaction, UUID paymentId, UUID refundId, Money owed) {}

  private final PostBalanceTransaction post;
  private final LeaveSuspense leaveSuspense;
  private final OpenBreak openBreak;

  BookRefund(PostBalanceTransaction post, LeaveSuspense leaveSuspense, OpenBreak openBreak) {
    this.post = post;
    this.leaveSuspense = leaveSuspense;
    this.openBreak = openBreak;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    JournalReferences about =
        JournalReferences.ofPayment(command.paymentId()).withRefund(command.refundId());
    boolean booked =
        post.handle(
                new PostBalanceTransaction.Command(
                    transaction,
                    about,
                    Postings.refundSettled(command.owed(), transaction.net(), transaction.fee())))
            || leavesSuspense(transaction, about, command.owed());
    if (booked && !transaction.amount().equals(command.owed().negate())) {
      openBreak.handle(
          new OpenBreak.Command(
              BreakKind.BALANCE_TRANSACTION_MISMATCH,
              transaction.id(),
              command.paymentId(),
              transaction.amount(),
              transaction.createdAt()));
    }
  }

  /**
   * Whether it waited in suspense, and does not any more. What Stripe has booked in another
   * currency stays there: the refund does not say how much it is.
   */
  private boolean leavesSuspense(
      StripeBalanceTransaction transaction, JournalReferences about, Money owed) {
    return transaction.net().currency().equals(owed.currency())
        && leaveSuspense.handle(
            new LeaveSuspense.Command(
                transaction,
                BreakKind.UNKNOWN_REFUND,
                new Journal(
                    JournalKind.REFUND_IDENTIFIED,
                    transaction.id(),
                    about,
                    Postings.refundIdentified(owed))));
  }
}
