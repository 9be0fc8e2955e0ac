package io.cpdevents.payout.stripeobjects.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.StripeObjectEvent;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.payout.ignoredchanges.IgnoreChange;
import io.cpdevents.payout.ignoredchanges.IgnoredReason;
import io.cpdevents.payout.payoutaccounts.NoteAccountChange;
import io.cpdevents.payout.payouts.NotePayoutChange;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Notes which accounts and payouts of organizations have changed at Stripe, as billing-service
 * publishes from its webhooks.
 */
@Component
class StripeObjectEventsListener {

  private static final String ACCOUNT = "acct_";
  private static final String PAYOUT = "po_";

  private final Inbox.Subscription<StripeObjectEvent> subscription;
  private final NoteAccountChange noteAccountChange;
  private final NotePayoutChange notePayoutChange;
  private final IgnoreChange ignoreChange;

  StripeObjectEventsListener(
      Inbox inbox,
      NoteAccountChange noteAccountChange,
      NotePayoutChange notePayoutChange,
      IgnoreChange ignoreChange) {
    this.noteAccountChange = noteAccountChange;
    this.notePayoutChange = notePayoutChange;
    this.ignoreChange = ignoreChange;
    this.subscription =
        inbox.subscribe(StripeObjectEvent.class, this::handle, Topic.BILLING_STRIPE_OBJECTS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_STRIPE_OBJECTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  /** The kind of an object is in its id. */
  private void handle(StripeObjectEvent event) {
    switch (event) {
      case StripeObjectChanged changed when changed.objectId().startsWith(ACCOUNT) ->
          ignore(changed, noteAccountChange.handle(changed.objectId()));
      case StripeObjectChanged changed when changed.objectId().startsWith(PAYOUT) ->
          ignore(changed, notePayoutChange.handle(changed.objectId()));
      case StripeObjectChanged unknown ->
          throw new IllegalArgumentException(
              "nothing follows from %s of %s"
                  .formatted(unknown.stripeEventType(), unknown.objectId()));
    }
  }

  private void ignore(StripeObjectChanged changed, Optional<IgnoredReason> reason) {
    reason.ifPresent(why ->
        ignoreChange.handle(
            new IgnoreChange.Command(
                changed.stripeEventId(), changed.stripeEventType(), changed.objectId(), why)));
  }
}
