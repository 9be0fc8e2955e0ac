package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.time.SystemTime;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Payout-service is told which of its objects have changed at Stripe. */
@Component
class RepublishStripeEvents {

  private final StripeEvents events;
  private final Outbox outbox;
  private final SystemTime systemTime;

  RepublishStripeEvents(StripeEvents events, Outbox outbox, SystemTime systemTime) {
    this.events = events;
    this.outbox = outbox;
    this.systemTime = systemTime;
  }

  /** Tells each event, and counts it as applied in the same transaction. */
  @Transactional
  void handle(List<Claimed> claimed) {
    List<Claimed> inOrder =
        claimed.stream().sorted(Comparator.comparing(Claimed::occurredAt)).toList();
    for (Claimed event : inOrder) {
      outbox.append(
          new StripeObjectChanged(
              event.subject().id(),
              event.stripeAccountId(),
              event.id(),
              event.type(),
              event.occurredAt()));
    }
    events.applied(claimed.stream().map(Claimed::id).toList(), systemTime.now());
  }
}
