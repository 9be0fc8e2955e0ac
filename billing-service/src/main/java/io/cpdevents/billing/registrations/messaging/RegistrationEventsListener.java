package io.cpdevents.billing.registrations.messaging;

import io.cpdevents.billing.payments.CancelPayment;
import io.cpdevents.billing.payments.OpenPayment;
import io.cpdevents.billing.refunds.AcceptRefund;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the registrations. */
@Component
class RegistrationEventsListener {

  private final Inbox.Subscription<RegistrationEvent> subscription;
  private final OpenPayment openPayment;
  private final CancelPayment cancelPayment;
  private final AcceptRefund acceptRefund;

  RegistrationEventsListener(
      Inbox inbox,
      OpenPayment openPayment,
      CancelPayment cancelPayment,
      AcceptRefund acceptRefund) {
    this.openPayment = openPayment;
    this.cancelPayment = cancelPayment;
    this.acceptRefund = acceptRefund;
    this.subscription =
        inbox
            .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
            .inOwnTransaction(Set.of(RegistrationExpired.class, RefundRequested.class))
            .ignoring(Set.of(RegistrationConfirmed.class));
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_REGISTRATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(RegistrationEvent event) {
    switch (event) {
      case RegistrationHeld held -> openPayment.handle(held);
      case RegistrationExpired expired -> cancelPayment.handle(expired);
      case RefundRequested requested -> acceptRefund.handle(requested);
      case RegistrationConfirmed _ -> {}
    }
  }
}
