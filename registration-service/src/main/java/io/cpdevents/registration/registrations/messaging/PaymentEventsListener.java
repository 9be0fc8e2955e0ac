package io.cpdevents.registration.registrations.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.disputes.FollowDispute;
import io.cpdevents.registration.registrations.AcceptPayment;
import io.cpdevents.registration.registrations.EndHoldExtension;
import io.cpdevents.registration.registrations.ExtendHold;
import io.cpdevents.registration.registrations.FollowRefund;
import io.cpdevents.registration.registrations.GiveTimeToRetry;
import io.cpdevents.registration.registrations.NoteRefund;
import io.cpdevents.registration.registrations.RefundRequestStatus.Trigger;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to what happens to the payments of registrations, their refunds and disputes. */
@Component
class PaymentEventsListener {

  private final Inbox.Subscription<PaymentEvent> subscription;
  private final AcceptPayment acceptPayment;
  private final ExtendHold extendHold;
  private final EndHoldExtension endHoldExtension;
  private final GiveTimeToRetry giveTimeToRetry;
  private final FollowRefund followRefund;
  private final NoteRefund noteRefund;
  private final FollowDispute followDispute;

  PaymentEventsListener(
      Inbox inbox,
      AcceptPayment acceptPayment,
      ExtendHold extendHold,
      EndHoldExtension endHoldExtension,
      GiveTimeToRetry giveTimeToRetry,
      FollowRefund followRefund,
      NoteRefund noteRefund,
      FollowDispute followDispute) {
    this.acceptPayment = acceptPayment;
    this.extendHold = extendHold;
    this.endHoldExtension = endHoldExtension;
    this.giveTimeToRetry = giveTimeToRetry;
    this.followRefund = followRefund;
    this.noteRefund = noteRefund;
    this.followDispute = followDispute;
    this.subscription =
        inbox
            .subscribe(PaymentEvent.class, this::handle, Topic.BILLING_PAYMENTS)
            // These lock registrations, which others lock too.
            .inOwnTransaction(
                Set.of(
                    PaymentCaptured.class,
                    PaymentProcessing.class,
                    PaymentFailed.class,
                    RefundAccepted.class,
                    RefundSucceeded.class,
                    RefundCancelled.class,
                    DisputeClosed.class))
            .ignoring(
                Set.of(
                    PaymentCancelled.class, FraudWarningReceived.class, DisputeDeadlineNear.class));
  }

  @KafkaListener(topics = Topic.Names.BILLING_PAYMENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PaymentEvent event) {
    switch (event) {
      case PaymentCaptured captured ->
          acceptPayment.handle(
              new AcceptPayment.Command(
                  captured.paymentId(), captured.registrationId(), Money.from(captured.amount())));
      case PaymentProcessing processing ->
          extendHold.handle(
              new ExtendHold.Command(processing.paymentId(), processing.registrationId()));
      case PaymentFailed failed -> onFailed(failed);
      // A payment is cancelled because its registration has ended, which this service knows.
      case PaymentCancelled _ -> {}
      case FraudWarningReceived _ -> {}
      case RefundEvent refund -> onRefund(refund);
      case DisputeEvent dispute -> onDispute(dispute);
    }
  }

  /** After an attempt that was declined at once the buyer tries again. */
  private void onFailed(PaymentFailed failed) {
    if (failed.wasProcessing()) {
      endHoldExtension.handle(
          new EndHoldExtension.Command(failed.paymentId(), failed.registrationId()));
    } else {
      giveTimeToRetry.handle(
          new GiveTimeToRetry.Command(failed.paymentId(), failed.registrationId()));
    }
  }

  private void onRefund(RefundEvent event) {
    switch (event) {
      case RefundAccepted accepted -> note(accepted, accepted.tickets());
      case RefundSucceeded succeeded -> {
        follow(succeeded.refundId(), Trigger.REFUND_SUCCEEDED);
        note(succeeded, succeeded.tickets());
      }
      case RefundFailed failed ->
          follow(
              failed.refundId(), failed.retried() ? Trigger.REFUND_RETRIED : Trigger.REFUND_FAILED);
      case RefundCancelled cancelled -> {
        follow(cancelled.refundId(), Trigger.REFUND_CANCELLED);
        note(cancelled, List.of());
      }
    }
  }

  private void note(RefundEvent refund, @Nullable List<TicketRefund> tickets) {
    note(refund.refundId(), refund.registrationId(), isForCancellation(refund.cause()), tickets);
  }

  private void note(
      UUID refundOrDisputeId,
      UUID registrationId,
      boolean forCancellation,
      @Nullable List<TicketRefund> tickets) {
    if (tickets != null) {
      noteRefund.handle(
          new NoteRefund.Command(
              refundOrDisputeId,
              registrationId,
              forCancellation,
              tickets.stream()
                  .map(line -> new NoteRefund.Line(line.ticketId(), Money.from(line.amount())))
                  .toList()));
    }
  }

  private static boolean isForCancellation(RefundCause cause) {
    return switch (cause) {
      case ATTENDEE_CANCELLED, ORGANIZATION_CANCELLED, EVENT_CANCELLED -> true;
      case REQUESTED, MADE_AT_STRIPE, PAYMENT_TOO_LATE, PAID_TWICE, FRAUD_WARNING -> false;
    };
  }

  private void follow(UUID refundId, Trigger trigger) {
    followRefund.handle(new FollowRefund.Command(refundId, trigger));
  }

  private void onDispute(DisputeEvent event) {
    switch (event) {
      case DisputeOpened opened ->
          followDispute.handle(
              new FollowDispute.Opened(
                  opened.disputeId(),
                  opened.paymentId(),
                  opened.registrationId(),
                  opened.inquiry(),
                  opened.wholePayment()));
      case DisputeEscalated escalated ->
          followDispute.handle(
              new FollowDispute.Escalated(escalated.disputeId(), escalated.wholePayment()));
      case DisputeDeadlineNear _ -> {}
      case DisputeClosed closed -> {
        followDispute.handle(
            new FollowDispute.Closed(closed.disputeId(), closed.outcome() == DisputeOutcome.LOST));
        note(closed.disputeId(), closed.registrationId(), false, closed.tickets());
      }
    }
  }
}
