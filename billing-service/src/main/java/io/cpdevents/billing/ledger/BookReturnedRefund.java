package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A refund at Stripe that nobody owed has come to nothing: what it took and what came back cancel
 * out in suspense, so nobody has to look at it.
 */
@Component
public class BookReturnedRefund {

  /** Movements whose sum is zero. */
  public record Command(UUID paymentId, List<StripeBalanceTransaction> transactions) {}

  private final PostBalanceTransaction post;
  private final ResolveBreak resolveBreak;

  BookReturnedRefund(PostBalanceTransaction post, ResolveBreak resolveBreak) {
    this.post = post;
    this.resolveBreak = resolveBreak;
  }

  /** Books each, once; a break that one of them had opened alone is resolved. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    for (StripeBalanceTransaction transaction : command.transactions()) {
      post.handle(
          new PostBalanceTransaction.Command(
              transaction,
              JournalReferences.ofPayment(command.paymentId()),
              Postings.unexplained(transaction.net(), transaction.fee())));
    }
    List<String> ids = command.transactions().stream().map(StripeBalanceTransaction::id).toList();
    resolveBreak.handle(new ResolveBreak.Command(BreakKind.UNKNOWN_REFUND, ids));
    resolveBreak.handle(new ResolveBreak.Command(BreakKind.UNEXPLAINED_BALANCE_TRANSACTION, ids));
  }
}
