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
  private final OpenBreak openBreak;

  BookCharge(PostBalanceTransaction post, OpenBreak openBreak) {
    this.post = post;
    this.openBreak = openBreak;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    boolean booked =
        post.handle(
            new PostBalanceTransaction.Command(
                transaction,
                JournalReferences.ofPayment(command.paymentId()),
                Postings.chargeSettled(command.charged(), transaction.net(), transaction.fee())));
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
}
