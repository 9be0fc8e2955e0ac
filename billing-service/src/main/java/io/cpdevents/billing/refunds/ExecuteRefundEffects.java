package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BookRefund;
import io.cpdevents.billing.ledger.BookUnexplained;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Does what a {@link RefundDecision} asks for. */
@Component
class ExecuteRefundEffects {

  private final RefundablePayments payments;
  private final Refunds refunds;
  private final RefundTasks tasks;
  private final Ledger ledger;
  private final BookRefund bookRefund;
  private final BookUnexplained bookUnexplained;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final Outbox outbox;
  private final Clock clock;

  ExecuteRefundEffects(
      RefundablePayments payments,
      Refunds refunds,
      RefundTasks tasks,
      Ledger ledger,
      BookRefund bookRefund,
      BookUnexplained bookUnexplained,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.refunds = refunds;
    this.tasks = tasks;
    this.ledger = ledger;
    this.bookRefund = bookRefund;
    this.bookUnexplained = bookUnexplained;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Does all of it, in this order, in the transaction that has loaded the facts. */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(List<RefundEffect> effects) {
    for (RefundEffect effect : effects) {
      switch (effect) {
        case RefundEffect.Accept accept -> accept(accept.payment(), accept.refund());
        case RefundEffect.Send send -> tasks.send(send.refundId());
        case RefundEffect.Save save ->
            refunds.save(
                save.refund(), clock.instant().plus(AskAboutUnsettledRefunds.INTERVALS.first()));
        case RefundEffect.TellSucceeded tell -> tellSucceeded(tell.payment(), tell.refund());
        case RefundEffect.GiveBack giveBack -> giveBack(giveBack.payment(), giveBack.refund());
        case RefundEffect.OpenBreak open ->
            openBreak.handle(
                new OpenBreak.Command(
                    BreakKind.REFUND_OWED,
                    open.stripeId(),
                    open.refund().paymentId(),
                    open.refund().amount()));
        case RefundEffect.ResolveBreaks resolve ->
            resolveBreak.handle(
                new ResolveBreak.Command(BreakKind.REFUND_OWED, resolve.refund().breakIds()));
        case RefundEffect.Book book ->
            bookRefund.handle(
                new BookRefund.Command(
                    book.transaction(), book.paymentId(), book.refundId(), book.owed()));
        case RefundEffect.BookUnexplained book ->
            bookUnexplained.handle(
                new BookUnexplained.Command(book.transaction(), BreakKind.UNKNOWN_REFUND));
      }
    }
  }

  private void accept(RefundablePayment payment, Refund refund) {
    refunds.insert(refund);
    payments.take(payment.id(), refund.shares().tickets());
    PaidRegistration registration = payment.registration();
    ledger.post(
        new Journal(
            JournalKind.REFUND_ACCEPTED,
            refund.id().toString(),
            about(payment, refund),
            Postings.refundAccepted(
                registration.organizationId(),
                refund.shares().organizationShare(),
                refund.shares().platformShare())));
    outbox.append(
        new RefundAccepted(
            payment.id(),
            refund.id(),
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            refund.amount().toAmount(),
            refund.cause(),
            refund.requestedAt()));
  }

  private void tellSucceeded(RefundablePayment payment, Refund refund) {
    PaidRegistration registration = payment.registration();
    outbox.append(
        new RefundSucceeded(
            payment.id(),
            refund.id(),
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            refund.amount().toAmount(),
            refund.cause(),
            Objects.requireNonNull(refund.progress().succeededAt())));
  }

  private void giveBack(RefundablePayment payment, Refund refund) {
    payments.giveBack(payment.id(), refund.shares().tickets());
    ledger.post(
        new Journal(
            JournalKind.REFUND_CANCELLED,
            refund.id().toString(),
            about(payment, refund),
            Postings.refundCancelled(
                payment.registration().organizationId(),
                refund.shares().organizationShare(),
                refund.shares().platformShare())));
  }

  private static JournalReferences about(RefundablePayment payment, Refund refund) {
    PaidRegistration registration = payment.registration();
    return JournalReferences.ofPayment(registration.eventId(), registration.id(), payment.id())
        .withRefund(refund.id());
  }
}
