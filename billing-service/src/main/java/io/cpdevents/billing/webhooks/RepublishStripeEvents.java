package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.platform.messaging.Outbox;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Payout-service is told which of its objects have changed at Stripe. */
@Component
class RepublishStripeEvents {

  private final FinishStripeEvents finish;
  private final Outbox outbox;

  RepublishStripeEvents(FinishStripeEvents finish, Outbox outbox) {
    this.finish = finish;
    this.outbox = outbox;
  }

  /** Finishes events, and republishes in the same transaction those that were not finished yet. */
  @Transactional
  void handle(List<Claimed> claimed) {
    List<Claimed> inOrder =
        finish.handle(FinishStripeEvents.Command.applied(claimed)).stream()
            .sorted(Comparator.comparing(Claimed::occurredAt))
            .toList();
    for (Claimed event : inOrder) {
      outbox.append(
          new StripeObjectChanged(
              event.subject().id(),
              event.stripeAccountId(),
              event.id(),
              event.type(),
              event.occurredAt()));
    }
  }
}
