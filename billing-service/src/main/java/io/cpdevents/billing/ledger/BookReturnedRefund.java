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
  private final BookUnexplained bookUnexplained;
  private final ResolveCancelledOut resolveCancelledOut;

  BookReturnedRefund(
      PostBalanceTransaction post,
      BookUnexplained bookUnexplained,
      ResolveCancelledOut resolveCancelledOut) {
    this.post = post;
    this.bookUnexplained = bookUnexplained;
    this.resolveCancelledOut = resolveCancelledOut;
  }

  /**
   * Books each, once; a break that one of them had opened alone is resolved. When people have
   * posted that one elsewhere, the other is a break, too.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    List<String> ids = command.transactions().stream().map(StripeBalanceTransaction::id).toList();
    boolean cancelOut =
        resolveCancelledOut.handle(
            new ResolveCancelledOut.Command(
                List.of(BreakKind.UNKNOWN_REFUND, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION), ids));
    for (StripeBalanceTransaction transaction : command.transactions()) {
      if (cancelOut) {
        post.handle(
            new PostBalanceTransaction.Command(
                transaction,
                JournalReferences.ofPayment(command.paymentId()),
                Postings.unexplained(transaction.net(), transaction.fee())));
      } else {
        bookUnexplained.handle(new BookUnexplained.Command(transaction, BreakKind.UNKNOWN_REFUND));
      }
    }
  }
}
