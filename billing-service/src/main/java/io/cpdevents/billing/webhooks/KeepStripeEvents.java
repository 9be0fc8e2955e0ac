package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.PostedEvent.Relevance;
import io.cpdevents.billing.webhooks.StripeEvents.Arrival;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.stripe.StripeSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The one door for events of Stripe, posted or listed: each is kept and counted once. */
@Component
class KeepStripeEvents {

  private final StripeEvents events;
  private final MeterRegistry metrics;
  private final Counter otherVersion;

  KeepStripeEvents(StripeEvents events, MeterRegistry metrics) {
    this.events = events;
    this.metrics = metrics;
    this.otherVersion =
        Counter.builder("cpd.stripe.events.other.version")
            .description("Events written in another version of Stripe's API than ours")
            .register(metrics);
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
      otherVersion.increment();
    }
    if (event.relevance() instanceof Relevance.Ignored ignored) {
      metrics
          .counter(
              "cpd.stripe.events.ignored",
              "type",
              event.type(),
              "reason",
              ContractsJson.kebabCase(ignored.reason()))
          .increment();
    }
  }
}
