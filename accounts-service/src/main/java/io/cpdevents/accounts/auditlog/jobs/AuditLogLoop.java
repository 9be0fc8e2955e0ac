package io.cpdevents.accounts.auditlog.jobs;

import io.cpdevents.accounts.auditlog.WatchAuditLog;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.jobs.BatchPacing;
import io.cpdevents.platform.jobs.WorkLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks the audit log at each start, and six hours after each check. Each instance looks for
 * itself, and no table says when: whoever holds the database could put a job off for good, and a
 * restart would forget what another instance has found.
 */
@Component
class AuditLogLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AuditLogLoop.class);
  private static final Duration CHECK_INTERVAL = Duration.ofHours(6);
  private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(10);
  private static final BatchPacing NO_REST = new BatchPacing(Duration.ZERO, Duration.ZERO);

  private final WatchAuditLog watch;
  private final WorkLoop loop =
      new WorkLoop("audit-log-check", LOOK_INTERVAL, NO_REST, this::checkIfDue);
  private long dueNanos = System.nanoTime();

  AuditLogLoop(WatchAuditLog watch) {
    this.watch = watch;
  }

  /** What could not be checked is tried again with the next look. */
  private boolean checkIfDue() {
    if (System.nanoTime() - dueNanos < 0) {
      return false;
    }
    try {
      watch.handle();
      dueNanos = System.nanoTime() + CHECK_INTERVAL.toNanos();
    } catch (RuleViolation unavailable) {
      if (unavailable.problem() != CommonProblem.SERVICE_UNAVAILABLE) {
        throw unavailable;
      }
      log.warn("The audit log is checked later: its anchors cannot be read");
    }
    return false;
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    try {
      loop.stop(MAX_STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPhase() {
    return WorkLoop.PHASE;
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
