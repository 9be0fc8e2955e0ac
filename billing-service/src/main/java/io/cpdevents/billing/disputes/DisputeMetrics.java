package io.cpdevents.billing.disputes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What an alert looks at: disputes that are lost within a day if nobody answers. */
@Component
class DisputeMetrics {

  private static final Duration SOON = Duration.ofDays(1);

  private final Disputes disputes;
  private final Clock clock;

  DisputeMetrics(Disputes disputes, Clock clock, MeterRegistry metrics) {
    this.disputes = disputes;
    this.clock = clock;
    Gauge.builder("cpd.disputes.unanswered", this, DisputeMetrics::unanswered)
        .description("Disputes that wait for evidence which is due within 24 hours")
        .register(metrics);
  }

  private long unanswered() {
    Instant now = clock.instant();
    return disputes.countUnanswered(now, now.plus(SOON));
  }
}
