package io.cpdevents.accounts.auditlog;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What somebody did in any service is appended to the audit log. */
@Component
public class ChainAuditEntry {

  private final AuditLog auditLog;
  private final AuditKeys keys;
  private final Clock clock;

  ChainAuditEntry(AuditLog auditLog, AuditKeys keys, Clock clock) {
    this.auditLog = auditLog;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Appends the entry in the caller's transaction; one that was appended before changes nothing.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(AuditedAction action) {
    auditLog.add(AuditEntry.next(auditLog.lockHead(), action, clock.instant(), keys.current()));
  }
}
