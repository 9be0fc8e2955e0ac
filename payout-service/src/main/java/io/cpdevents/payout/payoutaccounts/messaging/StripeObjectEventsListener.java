package io.cpdevents.payout.payoutaccounts.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.StripeObjectEvent;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.payout.payoutaccounts.NoteAccountChange;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Notes which accounts of organizations have changed at Stripe, as billing-service publishes from
 * its webhooks.
 */
@Component
class StripeObjectEventsListener {

  private static final String ACCOUNT = "acct_";

  private final Inbox.Subscription<StripeObjectEvent> subscription;
  private final NoteAccountChange noteAccountChange;

  StripeObjectEventsListener(Inbox inbox, NoteAccountChange noteAccountChange) {
    this.noteAccountChange = noteAccountChange;
    this.subscription =
        inbox.subscribe(StripeObjectEvent.class, this::handle, Topic.BILLING_STRIPE_OBJECTS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_STRIPE_OBJECTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  /** Only accounts matter so far, whatever has changed about them. */
  private void handle(StripeObjectEvent event) {
    switch (event) {
      case StripeObjectChanged changed when changed.objectId().startsWith(ACCOUNT) ->
          noteAccountChange.handle(changed.objectId());
      case StripeObjectChanged _ -> {}
    }
  }
}
