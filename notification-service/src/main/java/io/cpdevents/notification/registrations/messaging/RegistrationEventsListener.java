package io.cpdevents.notification.registrations.messaging;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.CancellationCause;
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
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.registrations.AttendeeTicket;
import io.cpdevents.notification.registrations.EventCancellation;
import io.cpdevents.notification.registrations.KnownPlace;
import io.cpdevents.notification.registrations.MovedEvent;
import io.cpdevents.notification.registrations.RegistrationCancellation;
import io.cpdevents.notification.registrations.RegistrationConfirmation;
import io.cpdevents.notification.registrations.TicketCancellation;
import io.cpdevents.notification.registrations.TransferredTicket;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to a registration. */
@Component
class RegistrationEventsListener {

  private final Inbox.Subscription<RegistrationEvent> subscription;
  private final QueueMail queueMail;

  RegistrationEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
            .ignoring(
                Set.of(
                    RegistrationHeld.class,
                    HoldEndChanged.class,
                    RegistrationExpired.class,
                    RefundRequested.class,
                    TicketCheckedIn.class,
                    CheckInUndone.class));
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_REGISTRATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(RegistrationEvent event) {
    switch (event) {
      case RegistrationConfirmed confirmed ->
          queueMail.handle(
              new QueueMail.Command(
                  confirmed.registrationId(),
                  confirmed.accountId(),
                  new RegistrationConfirmation.Subject(
                      confirmed.organizationId(), confirmed.registrationId())));
      case RegistrationCancelled cancelled when isUnpaidAndCancelledByBuyer(cancelled) -> {
        // The buyer has just done that in the app, and got no mail about the hold either.
      }
      case RegistrationCancelled cancelled ->
          queueMail.handle(
              new QueueMail.Command(
                  cancelled.registrationId(), cancelled.accountId(), subject(cancelled)));
      case TicketsCancelled cancelled ->
          queueMail.handle(
              new QueueMail.Command(
                  // A ticket is cancelled once.
                  cancelled.ticketIds().getFirst(),
                  cancelled.accountId(),
                  new TicketCancellation.Subject(
                      cancelled.organizationId(),
                      cancelled.registrationId(),
                      cancelled.cause() != CancellationCause.ATTENDEE,
                      cancelled.ticketIds(),
                      money(cancelled.refund()))));
      case EventMoved moved ->
          queueMail.handle(
              new QueueMail.Command(
                  MailCause.of(moved.registrationId(), moved.noticeId()),
                  moved.accountId(),
                  new MovedEvent.Subject(
                      moved.organizationId(),
                      moved.registrationId(),
                      moved.noticeId(),
                      new KnownPlace(
                          moved.knownStartsAt(),
                          moved.knownEndsAt(),
                          moved.knownMode(),
                          moved.knownVenue()),
                      moved.freeUntil())));
      case TicketTransferred transferred -> queueMails(transferred);
      // Whoever stands at the door needs no mail about it.
      case TicketCheckedIn _, CheckInUndone _ -> {}
      // The app shows the buyer the hold; a hold that expired needs no mail either.
      case RegistrationHeld _, HoldEndChanged _, RegistrationExpired _ -> {}
      // The mail follows from the cancellation, or from what billing accepts.
      case RefundRequested _ -> {}
    }
  }

  /** Who has the ticket now gets it, and who had it hears that it does not count any more. */
  private void queueMails(TicketTransferred transferred) {
    if (!transferred.codeChanged()) {
      return;
    }
    queueMail.handle(
        new QueueMail.Command(
            transferred.changeId(),
            transferred.accountId(),
            new AttendeeTicket.Subject(
                transferred.organizationId(),
                transferred.registrationId(),
                transferred.ticketId())));
    queueMail.handle(
        new QueueMail.Command(
            transferred.changeId(),
            transferred.accountId(),
            new TransferredTicket.Subject(
                transferred.organizationId(),
                transferred.registrationId(),
                transferred.ticketId(),
                transferred.changeId())));
  }

  private static boolean isUnpaidAndCancelledByBuyer(RegistrationCancelled cancelled) {
    return !cancelled.wasConfirmed() && cancelled.cause() == CancellationCause.ATTENDEE;
  }

  private static MailSubject subject(RegistrationCancelled cancelled) {
    return switch (cancelled.cause()) {
      case EVENT ->
          new EventCancellation.Subject(
              cancelled.organizationId(),
              cancelled.registrationId(),
              cancelled.wasConfirmed(),
              cancelled.ticketIds(),
              money(cancelled.refund()));
      case ATTENDEE, ORGANIZATION ->
          new RegistrationCancellation.Subject(
              cancelled.organizationId(),
              cancelled.registrationId(),
              cancelled.cause() == CancellationCause.ORGANIZATION,
              cancelled.wasConfirmed(),
              cancelled.ticketIds(),
              money(cancelled.refund()));
    };
  }

  private static @Nullable Money money(@Nullable MoneyAmount amount) {
    return amount == null ? null : Money.from(amount);
  }
}
