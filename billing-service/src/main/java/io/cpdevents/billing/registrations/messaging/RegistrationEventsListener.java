package io.cpdevents.billing.registrations.messaging;

import io.cpdevents.billing.payments.CancelPayment;
import io.cpdevents.billing.payments.ConfirmPayment;
import io.cpdevents.billing.payments.FollowHoldEnd;
import io.cpdevents.billing.payments.OpenPayment;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.refunds.AcceptRefund;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.CheckInUndone;
import io.cpdevents.contracts.registration.RegistrationEvent.EventMoved;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketCheckedIn;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketTransferred;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to registration-service's events about registrations. */
@Component
class RegistrationEventsListener {

  private final Inbox.Subscription<RegistrationEvent> subscription;
  private final OpenPayment openPayment;
  private final FollowHoldEnd followHoldEnd;
  private final CancelPayment cancelPayment;
  private final ConfirmPayment confirmPayment;
  private final AcceptRefund acceptRefund;

  RegistrationEventsListener(
      Inbox inbox,
      OpenPayment openPayment,
      FollowHoldEnd followHoldEnd,
      CancelPayment cancelPayment,
      ConfirmPayment confirmPayment,
      AcceptRefund acceptRefund) {
    this.openPayment = openPayment;
    this.followHoldEnd = followHoldEnd;
    this.cancelPayment = cancelPayment;
    this.confirmPayment = confirmPayment;
    this.acceptRefund = acceptRefund;
    this.subscription =
        inbox
            .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
            .inOwnTransaction(
                Set.of(
                    HoldEndChanged.class,
                    RegistrationExpired.class,
                    RegistrationCancelled.class,
                    RefundRequested.class))
            .ignoring(
                Set.of(
                    TicketsCancelled.class,
                    EventMoved.class,
                    TicketCheckedIn.class,
                    CheckInUndone.class,
                    TicketTransferred.class));
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_REGISTRATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(RegistrationEvent event) {
    switch (event) {
      case RegistrationHeld held -> openPayment.handle(toCommand(held));
      case HoldEndChanged changed ->
          followHoldEnd.handle(
              new FollowHoldEnd.Command(changed.registrationId(), changed.holdExpiresAt()));
      case RegistrationExpired expired ->
          cancelPayment.handle(new CancelPayment.Command(expired.registrationId()));
      case RegistrationCancelled cancelled -> {
        // What a confirmed one gets back it asks for with a request of its own.
        if (!cancelled.wasConfirmed()) {
          cancelPayment.handle(new CancelPayment.Command(cancelled.registrationId()));
        }
      }
      case RefundRequested requested -> acceptRefund.handle(toCommand(requested));
      case RegistrationConfirmed confirmed -> {
        // One that was free has no payment.
        if (confirmed.paymentId() != null) {
          confirmPayment.handle(new ConfirmPayment.Command(confirmed.registrationId()));
        }
      }
      case TicketsCancelled _, EventMoved _ -> {
        // The inbox passes over them: what goes back is asked for.
      }
      // It passes over these, too: money does not depend on who comes.
      case TicketCheckedIn _, CheckInUndone _, TicketTransferred _ -> {}
    }
  }

  private static OpenPayment.Command toCommand(RegistrationHeld held) {
    return new OpenPayment.Command(
        new PaidRegistration(
            held.registrationId(),
            held.accountId(),
            held.organizationId(),
            held.eventId(),
            held.eventTitle(),
            held.holdExpiresAt()),
        Money.from(held.total()),
        held.tickets().stream()
            .map(ticket ->
                new OpenPayment.Ticket(
                    ticket.ticketId(), ticket.ticketTypeName(), Money.from(ticket.total())))
            .toList(),
        held.feeRefundable());
  }

  private static AcceptRefund.Command toCommand(RefundRequested requested) {
    return new AcceptRefund.Command(
        requested.refundId(),
        requested.paymentId(),
        requested.lines().stream()
            .map(line -> new AcceptRefund.Line(line.ticketId(), Money.from(line.amount())))
            .toList(),
        requested.cappedAtRemaining(),
        requested.cause());
  }
}
