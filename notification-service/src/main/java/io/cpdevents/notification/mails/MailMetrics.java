package io.cpdevents.notification.mails;

import io.cpdevents.contracts.ContractsJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of mails, and how long the oldest has waited; an alert watches that. */
@Component
class MailMetrics {

  private static final Logger log = LoggerFactory.getLogger(MailMetrics.class);

  private static final double MILLIS_PER_SECOND = 1_000;

  private final Mails mails;
  private final Clock clock;
  private final Meter.MeterProvider<Timer> attempts;
  private final Meter.MeterProvider<Counter> unknown;
  private final Counter lost;
  private final Counter tooMany;

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
    this.unknown =
        Counter.builder("cpd.mail.unknown")
            .description("attempts to send a mail that this release has no class for")
            .withRegistry(meters);
    this.lost =
        Counter.builder("cpd.mail.lost")
            .description("mails to others that a defect has kept from being queued")
            .register(meters);
    this.tooMany =
        Counter.builder("cpd.mail.too.many")
            .description("mails to typed addresses that were dropped because there were many")
            .register(meters);
  }

  /** Tells the log and the metrics what became of a mail in an attempt to send it. */
  void attempted(Mail after, Instant endedAt) {
    String status = ContractsJson.kebabCase(after.status());
    log.info(
        "mail {} {} for {}: {}{}",
        after.id(),
        after.template(),
        after.registrationId() == null ? after.causeId() : after.registrationId(),
        status,
        after.reason() == null ? "" : " (" + after.reason() + ")");
    attempts
        .withTags("template", after.template(), "status", status)
        .record(Duration.between(after.queuedAt(), endedAt));
    if (SendMail.TOO_MANY.equals(after.reason())) {
      tooMany.increment();
    }
  }

  /** Tells the log and the metrics of a mail that this release cannot send. */
  void unknown(Mail mail) {
    log.warn(
        "mail {} cannot be sent: this release does not know {} or its subject",
        mail.id(),
        mail.template());
    unknown.withTag("template", mail.template()).increment();
  }

  /** Tells the log and the metrics that mails which should have followed this one will not. */
  void lost(Mail mail, int others) {
    log.error("{} mail(s) that follow mail {} are lost", others, mail.id());
    lost.increment(others);
  }

  private double oldestWaitingSeconds() {
    Instant now = clock.instant();
    return mails
        .oldestWaiting()
        .map(queuedAt -> Duration.between(queuedAt, now).toMillis() / MILLIS_PER_SECOND)
        .orElse(0.0);
  }
}
