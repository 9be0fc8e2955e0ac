package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stripe has booked a charge, and so do we; a difference to the charge opens a break. */
@Component
public class BookCharge {

  /**
   * The balance transaction of a charge.
   *
   * @param paymentId null when the charge is of no payment of ours
   * @param charged what the charge has taken
   */
  public record Command(
      StripeBalanceTransaction transaction, @Nullable UUID paymentId, Money charged) {}

  private final PostBalanceTransaction post;
  private final LeaveSuspense leaveSuspense;
  private final OpenBreak openBreak;

  BookCharge(PostBalanceTransaction post, LeaveSuspense leaveSuspense, OpenBreak openBreak) {
    this.post = post;
    this.leaveSuspense = leaveSuspense;
    this.openBreak = openBreak;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    JournalReferences about = JournalReferences.ofPayment(command.paymentId());
    boolean booked =
        post.handle(
                new PostBalanceTransaction.Command(
                    transaction,
                    about,
                    Postings.chargeSettled(
                        command.charged(), transaction.net(), transaction.fee())))
            || leavesSuspense(transaction, about, command.charged());
    if (booked && !transaction.amount().equals(command.charged())) {
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
   * currency stays there, as {@link Postings#chargeSettled} would have left it.
   */
  private boolean leavesSuspense(
      StripeBalanceTransaction transaction, JournalReferences about, Money charged) {
    return transaction.net().currency().equals(charged.currency())
        && leaveSuspense.handle(
            new LeaveSuspense.Command(
                transaction,
                BreakKind.UNEXPLAINED_BALANCE_TRANSACTION,
                new Journal(
                    JournalKind.CHARGE_IDENTIFIED,
                    transaction.id(),
                    about,
                    Postings.chargeIdentified(charged))));
  }
}
