package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.VerifyAuditLog.Verification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The audit log is checked without anybody asking, so that tampering is seen when it is fresh. */
@Component
public class WatchAuditLog {

  private static final Logger log = LoggerFactory.getLogger(WatchAuditLog.class);

  private final VerifyAuditLog verifyAuditLog;
  private final AtomicInteger tampered = new AtomicInteger();

  WatchAuditLog(VerifyAuditLog verifyAuditLog, MeterRegistry meters) {
    this.verifyAuditLog = verifyAuditLog;
    Gauge.builder("cpd.audit.log.tampered", tampered, AtomicInteger::get)
        .description("1 when the audit log was not what had been written, at the last check")
        .register(meters);
  }

  /** Checks all of it. */
  public void handle() {
    Verification found = verifyAuditLog.handle();
    tampered.set(found.intact() ? 0 : 1);
    if (!found.intact()) {
      log.error(
          "The audit log is not what was written: {} at entry {}, after {} that are intact",
          found.tampering(),
          found.brokenAtSeq(),
          found.entries());
    }
  }
}
