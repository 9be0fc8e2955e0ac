package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.List;
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
  private final Ledger ledger;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;

  BookRefund(
      PostBalanceTransaction post, Ledger ledger, OpenBreak openBreak, ResolveBreak resolveBreak) {
    this.post = post;
    this.ledger = ledger;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
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

  /** Whether it waited in suspense, and does not any more. */
  private boolean leavesSuspense(
      StripeBalanceTransaction transaction, JournalReferences about, Money owed) {
    boolean wasUnknown = resolve(BreakKind.UNKNOWN_REFUND, transaction);
    boolean wasUnexplained = resolve(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, transaction);
    if (!wasUnknown && !wasUnexplained) {
      return false;
    }
    if (transaction.net().currency().equals(owed.currency())) {
      ledger.post(
          new Journal(
              JournalKind.REFUND_IDENTIFIED,
              transaction.id(),
              about,
              Postings.refundIdentified(owed)));
    }
    return true;
  }

  private boolean resolve(BreakKind kind, StripeBalanceTransaction transaction) {
    return resolveBreak.handle(new ResolveBreak.Command(kind, List.of(transaction.id())));
  }
}
