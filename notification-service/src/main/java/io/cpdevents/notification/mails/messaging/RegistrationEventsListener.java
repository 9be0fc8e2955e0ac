package io.cpdevents.notification.mails.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** The mails that follow from what happens to a registration. */
@Component
class RegistrationEventsListener {

  private static final String PAYMENT_TOO_LATE = "payment-too-late";

  private final Inbox.Subscription<RegistrationEvent> subscription;
  private final QueueMail queueMail;

  RegistrationEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
            .ignoring(Set.of(RegistrationHeld.class, RegistrationExpired.class));
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_REGISTRATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(RegistrationEvent event) {
    switch (event) {
      case RegistrationConfirmed confirmed ->
          queueMail.handle(
              new QueueMail.Command.RegistrationConfirmation(
                  confirmed.registrationId(), confirmed.accountId(), confirmed.organizationId()));
      case RefundRequested refund when refund.cause().equals(PAYMENT_TOO_LATE) ->
          queueMail.handle(
              new QueueMail.Command.PaymentTooLate(
                  refund.refundId(),
                  refund.registrationId(),
                  refund.accountId(),
                  refund.organizationId(),
                  Money.from(refund.amount())));
      // Other refunds have mails of their own, once there are any.
      case RefundRequested _ -> {}
      // A held place is on the buyer's screen; an expired one is no news to who left it.
      case RegistrationHeld _, RegistrationExpired _ -> {}
    }
  }
}
