package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money went from the platform's balance to that of an organization's account, for a payout. A
 * transaction that was booked before its payout was told leaves suspense.
 */
@Component
public class BookTransfer {

  /** The balance transaction of a transfer, on the platform's balance. */
  public record Command(
      StripeBalanceTransaction transaction,
      UUID payoutId,
      UUID organizationId,
      Money transferred) {}

  private final PostBalanceTransaction post;
  private final LeaveSuspense leaveSuspense;

  BookTransfer(PostBalanceTransaction post, LeaveSuspense leaveSuspense) {
    this.post = post;
    this.leaveSuspense = leaveSuspense;
  }

  /** Books it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    JournalReferences about = JournalReferences.ofPayout(command.payoutId());
    boolean booked =
        post.handle(
            new PostBalanceTransaction.Command(
                transaction,
                about,
                Postings.transferred(command.organizationId(), command.transferred())));
    if (!booked) {
      leaveSuspense.handle(
          new LeaveSuspense.Command(
              transaction,
              BreakKind.UNEXPLAINED_BALANCE_TRANSACTION,
              new Journal(
                  JournalKind.TRANSFER_IDENTIFIED,
                  transaction.id(),
                  about,
                  Postings.transferIdentified(command.organizationId(), command.transferred()))));
    }
  }
}
