package io.cpdevents.registration.registrations.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.AcceptPayment;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to what happens to the payments of registrations. */
@Component
class PaymentEventsListener {

  private final Inbox.Subscription<PaymentEvent> subscription;
  private final AcceptPayment acceptPayment;

  PaymentEventsListener(Inbox inbox, AcceptPayment acceptPayment) {
    this.acceptPayment = acceptPayment;
    this.subscription =
        inbox
            .subscribe(PaymentEvent.class, this::handle, Topic.BILLING_PAYMENTS)
            .inOwnTransaction(Set.of(PaymentCaptured.class))
            .ignoring(Set.of(PaymentCancelled.class, RefundAccepted.class, RefundSucceeded.class));
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
      // A payment is cancelled because its registration has expired, which this service knows.
      case PaymentCancelled _ -> {}
      case RefundAccepted _ -> {}
      case RefundSucceeded _ -> {}
    }
  }
}
