package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.Mails.Ended;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of mails, and how long the oldest has waited: the figure that an alert watches. */
@Component
class MailMetrics {

  private static final Logger log = LoggerFactory.getLogger(MailMetrics.class);

  private static final double MILLIS_PER_SECOND = 1_000;

  private final Mails mails;
  private final Clock clock;
  private final Meter.MeterProvider<Timer> attempts;

  MailMetrics(Mails mails, Clock clock, MeterRegistry meters) {
    this.mails = mails;
    this.clock = clock;
    Gauge.builder("cpd.mail.oldest.waiting", this, MailMetrics::oldestWaitingSeconds)
        .description(
            "age of the oldest mail that is neither sent nor given up; 0 when there is none")
        .baseUnit("seconds")
        .register(meters);
    this.attempts =
        Timer.builder("cpd.mail.attempts")
            .description("from the commit that queued a mail to the end of an attempt to send it")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(5))
            .maximumExpectedValue(Duration.ofMinutes(10))
            .withRegistry(meters);
  }

  /** Tells the log and the metrics how an attempt to send a mail has ended. */
  void attempted(Ended end) {
    Mail mail = end.claimed();
    String template = mail.template().code();
    String status = end.settlement().status().name().toLowerCase(Locale.ROOT);
    String reason = end.settlement().reason();
    log.info(
        "mail {} {} for {}: {}{}",
        mail.id(),
        template,
        mail.registrationId() == null ? mail.causeId() : mail.registrationId(),
        status,
        reason == null ? "" : " (" + reason + ")");
    attempts
        .withTags("template", template, "status", status)
        .record(Duration.between(mail.queuedAt(), end.at()));
  }

  private double oldestWaitingSeconds() {
    Instant now = clock.instant();
    return mails
        .oldestWaiting()
        .map(queuedAt -> Duration.between(queuedAt, now).toMillis() / MILLIS_PER_SECOND)
        .orElse(0.0);
  }
}
