package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An operator looks at events that could not be applied, and lets them be applied again. */
@Component
public class ParkedStripeEvents {

  private static final int MAX_SHOWN = 100;

  private final StripeEvents events;
  private final ApplySignal signal;
  private final AuditTrail audit;
  private final SystemTime systemTime;

  ParkedStripeEvents(
      StripeEvents events,
      ApplySignal signal,
      AuditTrail audit,
      SystemTime systemTime,
      MeterRegistry metrics) {
    this.events = events;
    this.signal = signal;
    this.audit = audit;
    this.systemTime = systemTime;
    Gauge.builder("cpd.stripe.events.parked", events, StripeEvents::countParked)
        .description("Events of Stripe that could not be applied")
        .register(metrics);
  }

  /** The newest parked events. */
  @Transactional(readOnly = true)
  public List<ParkedEvent> list() {
    return events.parked(MAX_SHOWN);
  }

  /**
   * Lets a parked event be applied again.
   *
   * @throws RuleViolation 404 {@code stripe-event-not-found} when it is not parked
   */
  @Transactional
  public void replay(String id) {
    if (!events.replay(id, systemTime.now())) {
      throw RuleViolation.notFound("stripe-event-not-found");
    }
    audit.record("stripe-event.replayed", "stripe-event", id, null, Map.of());
    signal.wake();
  }
}
