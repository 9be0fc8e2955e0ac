package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.billing.ledger.BookRefund;
import io.cpdevents.billing.ledger.BookReturnedRefund;
import io.cpdevents.billing.ledger.BookUnexplained;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.ledger.RefundBearers;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.billing.ledger.ResolveCancelledOut;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Does what a {@link RefundDecision} asks for. */
@Component
class ExecuteRefundEffects {

  private final RefundablePayments payments;
  private final QuarantinedCharges charges;
  private final Refunds refunds;
  private final WaitingRefunds waiting;
  private final RefundTasks tasks;
  private final Ledger ledger;
  private final BookRefund bookRefund;
  private final BookReturnedRefund bookReturnedRefund;
  private final BookUnexplained bookUnexplained;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final ResolveCancelledOut resolveCancelledOut;
  private final Outbox outbox;
  private final Clock clock;

  ExecuteRefundEffects(
      RefundablePayments payments,
      QuarantinedCharges charges,
      Refunds refunds,
      WaitingRefunds waiting,
      RefundTasks tasks,
      Ledger ledger,
      BookRefund bookRefund,
      BookReturnedRefund bookReturnedRefund,
      BookUnexplained bookUnexplained,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      ResolveCancelledOut resolveCancelledOut,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.charges = charges;
    this.refunds = refunds;
    this.waiting = waiting;
    this.tasks = tasks;
    this.ledger = ledger;
    this.bookRefund = bookRefund;
    this.bookReturnedRefund = bookReturnedRefund;
    this.bookUnexplained = bookUnexplained;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.resolveCancelledOut = resolveCancelledOut;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Does all of it, in this order, in the transaction that has loaded the facts. */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(List<RefundEffect> effects) {
    effects.forEach(this::handle);
  }

  private void handle(RefundEffect effect) {
    Instant now = clock.instant();
    switch (effect) {
      case RefundEffect.Accept accept -> accept(accept.source(), accept.refund());
      case RefundEffect.Wait wait -> {
        waiting.insert(wait.request(), wait.source().captured().currency(), now);
        payments.awaitRefund(wait.source().paymentId(), now);
      }
      case RefundEffect.OweAgain owe ->
          waiting.insertOwedAgain(owe.owed(), owe.source().captured().currency(), now);
      case RefundEffect.ForgetRest forget -> waiting.forgetRestOf(forget.refund().id());
      case RefundEffect.Send send -> tasks.send(send.refundId());
      case RefundEffect.Save save ->
          refunds.save(save.refund(), now.plus(AskAboutUnsettledRefunds.INTERVALS.first()));
      case RefundEffect.Reduce reduce -> reduce(reduce);
      case RefundEffect.TellSucceeded tell -> outbox.append(RefundAnnouncements.succeeded(tell));
      case RefundEffect.TellFailed tell -> outbox.append(RefundAnnouncements.failed(tell, now));
      case RefundEffect.TellCancelled tell ->
          outbox.append(RefundAnnouncements.cancelled(tell, now));
      case RefundEffect.GiveBack giveBack -> giveBack(giveBack.source(), giveBack.refund());
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
      case RefundEffect.ResolveObjection resolve ->
          resolveBreak.handle(
              new ResolveBreak.Command(resolve.kind(), List.of(resolve.chargeId())));
      case RefundEffect.OpenObjection open ->
          openBreak.handle(
              new OpenBreak.Command(
                  open.kind(), open.chargeId(), open.paymentId(), open.left(), open.bookedAt()));
      case RefundEffect.ResolveDispute resolve ->
          resolveCancelledOut.handle(
              new ResolveCancelledOut.Command(
                  List.of(BreakKind.UNKNOWN_DISPUTE, BreakKind.UNEXPLAINED_BALANCE_TRANSACTION),
                  resolve.transactionIds()));
      case RefundEffect.Book book ->
          bookRefund.handle(
              new BookRefund.Command(
                  book.transaction(), book.paymentId(), book.refundId(), book.owed()));
      case RefundEffect.BookUnexplained book ->
          bookUnexplained.handle(
              new BookUnexplained.Command(book.transaction(), BreakKind.UNKNOWN_REFUND));
      case RefundEffect.BookWithoutTrace book ->
          bookReturnedRefund.handle(
              new BookReturnedRefund.Command(
                  book.paymentId(), List.of(book.taken(), book.returned())));
    }
  }

  private void accept(RefundSource source, Refund refund) {
    refunds.insert(refund);
    take(source, refund.shares());
    post(
        JournalKind.REFUND_ACCEPTED,
        refund.id().toString(),
        source,
        refund,
        Postings.refundAccepted(bearers(source, refund)));
    outbox.append(RefundAnnouncements.accepted(source, refund));
  }

  private void reduce(RefundEffect.Reduce reduce) {
    RefundSource source = reduce.source();
    giveBack(source, reduce.before().shares());
    take(source, reduce.after().shares());
    refunds.saveShares(reduce.after());
    post(
        JournalKind.REFUND_REDUCED,
        reduce.after().id() + ":" + reduce.overtakenBy(),
        source,
        reduce.after(),
        Postings.refundAccepted(
            bearers(source, reduce.after()).minus(bearers(source, reduce.before()))));
  }

  private void giveBack(RefundSource source, Refund refund) {
    giveBack(source, refund.shares());
    post(
        JournalKind.REFUND_CANCELLED,
        refund.id().toString(),
        source,
        refund,
        Postings.refundCancelled(bearers(source, refund)));
  }

  private void take(RefundSource source, RefundShares shares) {
    switch (source) {
      case RefundSource.OfPayment payment ->
          payments.takeRefunded(payment.paymentId(), shares.tickets(), clock.instant());
      case RefundSource.OfCharge charge -> charges.take(charge.chargeId(), shares.suspenseShare());
    }
  }

  private void giveBack(RefundSource source, RefundShares shares) {
    switch (source) {
      case RefundSource.OfPayment payment ->
          payments.giveBackRefunded(payment.paymentId(), shares.tickets(), clock.instant());
      case RefundSource.OfCharge charge ->
          charges.take(charge.chargeId(), shares.suspenseShare().negate());
    }
  }

  private void post(
      JournalKind kind,
      String businessId,
      RefundSource source,
      Refund refund,
      List<Posting> postings) {
    PaidRegistration registration = source.registration();
    Journal journal =
        new Journal(
            kind,
            businessId,
            JournalReferences.ofPayment(
                    registration.eventId(), registration.id(), source.paymentId())
                .withRefund(refund.id()),
            postings);
    if (ledger.post(journal).isEmpty()) {
      throw new IllegalStateException("%s %s is posted".formatted(kind, businessId));
    }
  }

  private static RefundBearers bearers(RefundSource source, Refund refund) {
    return new RefundBearers(
        source.registration().organizationId(),
        refund.shares().organizationShare(),
        refund.shares().platformShare(),
        refund.shares().suspenseShare());
  }
}
