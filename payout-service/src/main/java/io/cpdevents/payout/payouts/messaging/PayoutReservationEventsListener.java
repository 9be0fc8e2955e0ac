package io.cpdevents.payout.payouts.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.PayoutReservationEvent;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutReserved;
import io.cpdevents.payout.payouts.AcceptReservation;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows what billing answers when payouts are requested. */
@Component
class PayoutReservationEventsListener {

  private final Inbox.Subscription<PayoutReservationEvent> subscription;
  private final AcceptReservation acceptReservation;

  PayoutReservationEventsListener(Inbox inbox, AcceptReservation acceptReservation) {
    this.acceptReservation = acceptReservation;
    this.subscription =
        inbox.subscribe(PayoutReservationEvent.class, this::handle, Topic.BILLING_PAYOUTS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_PAYOUTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PayoutReservationEvent event) {
    acceptReservation.handle(
        switch (event) {
          case PayoutReserved reserved -> new AcceptReservation.Command(reserved.payoutId(), true);
          case PayoutRefused refused -> new AcceptReservation.Command(refused.payoutId(), false);
        });
  }
}
