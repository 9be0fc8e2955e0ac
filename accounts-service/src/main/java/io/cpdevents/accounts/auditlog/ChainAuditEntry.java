package io.cpdevents.accounts.auditlog;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What some service did is written down for good, behind everything written before. */
@Component
public class ChainAuditEntry {

  private final AuditLog auditLog;
  private final Clock clock;

  ChainAuditEntry(AuditLog auditLog, Clock clock) {
    this.auditLog = auditLog;
    this.clock = clock;
  }

  /** Chains the entry in the transaction of the message that brought it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(AuditEntryRecorded recorded) {
    auditLog.add(AuditEntry.next(auditLog.lockHead(), recorded, clock.instant()));
  }
}
