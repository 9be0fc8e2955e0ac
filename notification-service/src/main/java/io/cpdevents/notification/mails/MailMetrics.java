package io.cpdevents.notification.mails;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How long the oldest mail has waited: the figure that an alert watches. */
@Component
class MailMetrics {

  private static final double MILLIS_PER_SECOND = 1_000;

  private final Mails mails;
  private final Clock clock;

  MailMetrics(Mails mails, Clock clock, MeterRegistry meters) {
    this.mails = mails;
    this.clock = clock;
    Gauge.builder("cpd.mail.oldest.waiting", this, MailMetrics::oldestWaitingSeconds)
        .description(
            "age of the oldest mail that is neither sent nor given up; 0 when there is none")
        .baseUnit("seconds")
        .register(meters);
  }

  private double oldestWaitingSeconds() {
    Instant now = clock.instant();
    return mails
        .oldestWaiting()
        .map(queuedAt -> Duration.between(queuedAt, now).toMillis() / MILLIS_PER_SECOND)
        .orElse(0.0);
  }
}
