package io.cpdevents.billing.disputes;

import io.cpdevents.billing.ledger.BookDispute;
import io.cpdevents.billing.ledger.BookUnexplained;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.billing.ledger.RecoverWriteOff;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.refunds.DecideWaitingRefunds;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Does what a {@link DisputeDecision} asks for. */
@Component
class ExecuteDisputeEffects {

  private final RefundablePayments payments;
  private final Disputes disputes;
  private final Ledger ledger;
  private final RecoverWriteOff recoverWriteOff;
  private final BookDispute bookDispute;
  private final BookUnexplained bookUnexplained;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final DecideWaitingRefunds decideWaitingRefunds;
  private final Outbox outbox;
  private final Clock clock;

  ExecuteDisputeEffects(
      RefundablePayments payments,
      Disputes disputes,
      Ledger ledger,
      RecoverWriteOff recoverWriteOff,
      BookDispute bookDispute,
      BookUnexplained bookUnexplained,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      DecideWaitingRefunds decideWaitingRefunds,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.disputes = disputes;
    this.ledger = ledger;
    this.recoverWriteOff = recoverWriteOff;
    this.bookDispute = bookDispute;
    this.bookUnexplained = bookUnexplained;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.decideWaitingRefunds = decideWaitingRefunds;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Does all of it, in this order, in the transaction that has loaded the facts. */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(List<DisputeEffect> effects) {
    Instant now = clock.instant();
    for (DisputeEffect effect : effects) {
      switch (effect) {
        case DisputeEffect.Insert insert ->
            disputes.insert(
                insert.dispute(),
                insert.registration(),
                now.plus(AskAboutUnsettledDisputes.INTERVALS.first()));
        case DisputeEffect.Save save -> disputes.save(save.dispute(), save.atStake(), now);
        case DisputeEffect.Book book ->
            bookDispute.handle(
                new BookDispute.Command(book.transaction(), book.paymentId(), book.disputeId()));
        case DisputeEffect.BookUnexplained book ->
            bookUnexplained.handle(
                new BookUnexplained.Command(book.transaction(), BreakKind.UNKNOWN_DISPUTE));
        case DisputeEffect.Take take -> {
          payments.giveBackDisputed(take.paymentId(), take.before(), now);
          payments.takeDisputed(take.paymentId(), take.after(), now);
        }
        case DisputeEffect.Post post -> post(post.journal());
        case DisputeEffect.BlockRefunds block -> payments.beginDispute(block.paymentId());
        case DisputeEffect.UnblockRefunds unblock -> {
          payments.endDispute(unblock.paymentId());
          decideWaitingRefunds.handle(unblock.paymentId());
        }
        case DisputeEffect.OweRefundsAgain owe -> decideWaitingRefunds.handle(owe.paymentId());
        case DisputeEffect.OpenBreak open ->
            openBreak.handle(
                new OpenBreak.Command(
                    open.kind(),
                    open.dispute().stripeId(),
                    open.dispute().paymentId(),
                    open.amount()));
        case DisputeEffect.ResolveBreak resolve ->
            resolveBreak.handle(
                new ResolveBreak.Command(resolve.kind(), List.of(resolve.dispute().stripeId())));
        case DisputeEffect.Tell tell -> outbox.append(tell.event());
      }
    }
  }

  /** What an organization gets back may have been written off meanwhile. */
  private void post(Journal journal) {
    boolean isNew = ledger.post(journal).isPresent();
    if (!isNew || journal.kind() != JournalKind.DISPUTE_LOSS_REVERSED) {
      return;
    }
    for (Posting posting : journal.postings()) {
      UUID organizationId = posting.account().organizationId();
      if (organizationId != null) {
        recoverWriteOff.handle(
            new RecoverWriteOff.Command(
                organizationId, posting.amount().negate(), journal.businessId(), journal.about()));
      }
    }
  }
}
