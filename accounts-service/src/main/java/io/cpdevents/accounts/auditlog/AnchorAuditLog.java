package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Once a day the end of the audit log is signed and kept elsewhere, so that a log that is cut off
 * or computed anew later is found.
 */
@Component
public class AnchorAuditLog {

  private final AuditLog auditLog;
  private final AuditKeys keys;
  private final Outbox outbox;
  private final Clock clock;

  AnchorAuditLog(AuditLog auditLog, AuditKeys keys, Outbox outbox, Clock clock) {
    this.auditLog = auditLog;
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Signs where the log ends now; an empty log has nothing that could be cut off. */
  @Transactional
  public void handle() {
    ChainHead head = auditLog.lockHead();
    if (head.seq() == 0) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AuditAnchor anchor = AuditAnchor.of(head, now, keys.current());
    outbox.append(
        new AuditLogAnchored(
            anchor.keyId(),
            anchor.entries(),
            anchor.headHash(),
            anchor.anchoredAt(),
            anchor.signature()));
  }
}
