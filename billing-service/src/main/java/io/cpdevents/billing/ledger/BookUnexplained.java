package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's balance has moved and nobody knows why: the movement goes to suspense, with a break. */
@Component
public class BookUnexplained {

  /**
   * A movement without a cause.
   *
   * @param kind of the break
   */
  public record Command(StripeBalanceTransaction transaction, BreakKind kind) {}

  private final PostBalanceTransaction post;
  private final OpenBreak openBreak;

  BookUnexplained(PostBalanceTransaction post, OpenBreak openBreak) {
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
                JournalReferences.none(),
                Postings.unexplained(transaction.net(), transaction.fee())));
    if (booked) {
      openBreak.handle(
          new OpenBreak.Command(
              command.kind(),
              transaction.id(),
              null,
              transaction.amount(),
              transaction.createdAt()));
    }
  }
}
