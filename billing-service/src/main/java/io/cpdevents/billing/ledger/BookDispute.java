package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.List;
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
  private final Ledger ledger;
  private final ResolveBreak resolveBreak;

  BookDispute(PostBalanceTransaction post, Ledger ledger, ResolveBreak resolveBreak) {
    this.post = post;
    this.ledger = ledger;
    this.resolveBreak = resolveBreak;
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
    if (!booked && wasInSuspense(transaction)) {
      ledger.post(
          new Journal(
              JournalKind.DISPUTE_IDENTIFIED,
              transaction.id(),
              about,
              Postings.disputeIdentified(net, fee)));
    }
  }

  private boolean wasInSuspense(StripeBalanceTransaction transaction) {
    boolean wasUnknown = resolve(BreakKind.UNKNOWN_DISPUTE, transaction);
    boolean wasUnexplained = resolve(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, transaction);
    return wasUnknown || wasUnexplained;
  }

  private boolean resolve(BreakKind kind, StripeBalanceTransaction transaction) {
    return resolveBreak.handle(new ResolveBreak.Command(kind, List.of(transaction.id())));
  }
}
