package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.VerifyAuditLog.Verification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The audit log is checked without anybody asking, so that tampering is seen when it is fresh. What
 * was found, and when it was looked, is kept in memory: whoever holds the database could write
 * there that all is well.
 */
@Component
public class WatchAuditLog {

  private static final Logger log = LoggerFactory.getLogger(WatchAuditLog.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final VerifyAuditLog verifyAuditLog;
  private final AuditLog auditLog;
  private final Clock clock;
  private final AtomicInteger tampered = new AtomicInteger();
  private final AtomicLong checkedNanos = new AtomicLong(System.nanoTime());
  private volatile Optional<Instant> anchored = Optional.empty();

  WatchAuditLog(
      VerifyAuditLog verifyAuditLog, AuditLog auditLog, Clock clock, MeterRegistry meters) {
    this.verifyAuditLog = verifyAuditLog;
    this.auditLog = auditLog;
    this.clock = clock;
    Gauge.builder("cpd.audit.log.tampered", tampered, AtomicInteger::get)
        .description("1 when the audit log was not what had been written, at the last check")
        .register(meters);
    Gauge.builder("cpd.audit.log.check.age.seconds", this, WatchAuditLog::secondsSinceCheck)
        .description("Since this instance has checked all of the audit log, or was started")
        .register(meters);
    Gauge.builder("cpd.audit.log.anchor.age.seconds", this, WatchAuditLog::secondsSinceAnchor)
        .description("Since the end of the audit log was signed and kept elsewhere, or it began")
        .register(meters);
  }

  /** Checks all of it. */
  public void handle() {
    Verification found = verifyAuditLog.handle(CheckedEnd.NOTHING);
    for (Optional<CheckedEnd> rest = found.rest(); rest.isPresent(); rest = found.rest()) {
      found = verifyAuditLog.handle(rest.get());
    }
    tampered.set(found.intact() ? 0 : 1);
    anchored = Optional.ofNullable(found.anchoredAt()).or(auditLog::begunAt);
    checkedNanos.set(System.nanoTime());
    if (!found.intact()) {
      log.error(
          "The audit log is not what was written: {} at entry {}, after {} that are intact",
          found.tampering(),
          found.brokenAtSeq(),
          found.entries());
    }
  }

  private double secondsSinceCheck() {
    return (System.nanoTime() - checkedNanos.get()) / NANOS_PER_SECOND;
  }

  private double secondsSinceAnchor() {
    return anchored
        .map(then -> Duration.between(then, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
