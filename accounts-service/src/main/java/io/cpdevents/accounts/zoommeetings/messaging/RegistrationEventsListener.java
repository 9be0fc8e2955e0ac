package io.cpdevents.accounts.zoommeetings.messaging;

import io.cpdevents.accounts.zoommeetings.FollowRegistration;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows who is to attend meetings at Zoom. */
@Component
class RegistrationEventsListener {

  private final Inbox.Subscription<RegistrationEvent> subscription;
  private final FollowRegistration followRegistration;

  RegistrationEventsListener(Inbox inbox, FollowRegistration followRegistration) {
    this.followRegistration = followRegistration;
    this.subscription =
        inbox
            .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
            // Places that are not the buyer's yet give nobody a link; a meeting follows its event.
            .ignoring(
                Set.of(
                    RegistrationHeld.class,
                    HoldEndChanged.class,
                    RegistrationExpired.class,
                    EventMoved.class,
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
          follow(confirmed.registrationId(), confirmed.eventId(), confirmed.accountId());
      case RegistrationCancelled cancelled -> {
        if (cancelled.wasConfirmed()) {
          follow(cancelled.registrationId(), cancelled.eventId(), cancelled.accountId());
        }
      }
      case TicketsCancelled cancelled ->
          follow(cancelled.registrationId(), cancelled.eventId(), cancelled.accountId());
      case TicketTransferred transferred ->
          follow(transferred.registrationId(), transferred.eventId(), transferred.accountId());
      case RegistrationHeld _,
          HoldEndChanged _,
          RegistrationExpired _,
          EventMoved _,
          RefundRequested _ -> {}
      // Who has come to the door says nothing about the meeting.
      case TicketCheckedIn _, CheckInUndone _ -> {}
    }
  }

  private void follow(UUID registrationId, UUID eventId, UUID accountId) {
    followRegistration.handle(new FollowRegistration.Command(registrationId, eventId, accountId));
  }
}
