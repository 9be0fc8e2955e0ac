package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.PostedEvent.Relevance;
import io.cpdevents.billing.webhooks.StripeEvents.Arrival;
import io.cpdevents.platform.stripe.StripeSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The one door for events of Stripe, posted or listed: each is kept and counted once. */
@Component
class KeepStripeEvents {

  private final StripeEvents events;
  private final StripeEventMetrics metrics;

  KeepStripeEvents(StripeEvents events, StripeEventMetrics metrics) {
    this.events = events;
    this.metrics = metrics;
  }

  /** Keeps events in one statement. Returns the ids of those that are new. */
  Set<String> handle(List<Arrival> arrivals) {
    Set<String> added = events.insert(arrivals);
    Set<String> uncounted = new HashSet<>(added);
    for (Arrival arrival : arrivals) {
      if (uncounted.remove(arrival.event().id())) {
        count(arrival.event());
      }
    }
    return added;
  }

  private void count(PostedEvent event) {
    if (!Objects.equals(event.apiVersion(), StripeSettings.API_VERSION)) {
      metrics.otherVersion();
    }
    if (event.relevance() instanceof Relevance.Ignored ignored) {
      metrics.ignored(event.type(), ignored.reason());
    }
  }
}
