package io.cpdevents.billing.webhooks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators see of events that could not be applied. */
@Component
public class ParkedEventQueries {

  private static final int MAX_SHOWN_EVENTS = 100;

  private final StripeEvents events;

  ParkedEventQueries(StripeEvents events, MeterRegistry metrics) {
    this.events = events;
    Gauge.builder("cpd.stripe.events.parked", events, StripeEvents::countParked)
        .description("Events of Stripe that could not be applied")
        .register(metrics);
  }

  /** The newest parked events. */
  @Transactional(readOnly = true)
  public List<ParkedEvent> newest() {
    return events.parked(MAX_SHOWN_EVENTS);
  }
}
