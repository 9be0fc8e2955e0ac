package io.cpdevents.payout.ignoredchanges;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.sql.AfterCommit;
import io.cpdevents.platform.time.SystemTime;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Nothing follows from a change at Stripe: that is stored with the reason, and counted. */
@Component
public class IgnoreChange {

  /** A change, by the event that told it. */
  public record Command(
      String stripeEventId, String stripeEventType, String objectId, IgnoredReason reason) {}

  private final IgnoredChanges changes;
  private final MeterRegistry metrics;
  private final SystemTime systemTime;

  IgnoreChange(IgnoredChanges changes, MeterRegistry metrics, SystemTime systemTime) {
    this.changes = changes;
    this.metrics = metrics;
    this.systemTime = systemTime;
  }

  /** Stores the change, once. */
  @Transactional
  public void handle(Command command) {
    if (changes.insert(command, systemTime.now())) {
      AfterCommit.run(() -> count(command));
    }
  }

  private void count(Command command) {
    metrics
        .counter(
            "cpd.stripe.changes.ignored",
            "type",
            command.stripeEventType(),
            "reason",
            ContractsJson.kebabCase(command.reason()))
        .increment();
  }
}
