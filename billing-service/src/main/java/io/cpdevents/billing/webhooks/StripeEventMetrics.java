package io.cpdevents.billing.webhooks;

import io.cpdevents.contracts.ContractsJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What operators see of Stripe's events. */
@Component
class StripeEventMetrics {

  private final MeterRegistry metrics;
  private final Counter otherVersion;

  StripeEventMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
    this.otherVersion =
        Counter.builder("cpd.stripe.events.other.version")
            .description("Events written in another version of Stripe's API than ours")
            .register(metrics);
  }

  /** An event was written in another version of Stripe's API. */
  void otherVersion() {
    otherVersion.increment();
  }

  /** An event changes nothing here. */
  void ignored(String type, IgnoredReason reason) {
    metrics
        .counter(
            "cpd.stripe.events.ignored", "type", type, "reason", ContractsJson.kebabCase(reason))
        .increment();
  }
}
