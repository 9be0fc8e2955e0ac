package io.cpdevents.notification.registrations.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.registrations.RegistrationConfirmation;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
                Set.of(RegistrationHeld.class, RegistrationExpired.class, RefundRequested.class));
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
      // The buyer sees a hold on the screen, and whoever let it expire expects no mail.
      case RegistrationHeld _, RegistrationExpired _ -> {}
      // Billing decides how much goes back; the mail follows from what it accepts.
      case RefundRequested _ -> {}
    }
  }
}
