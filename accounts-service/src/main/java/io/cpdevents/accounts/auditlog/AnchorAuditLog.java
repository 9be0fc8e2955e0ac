package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.platform.messaging.DirectPublisher;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/**
 * Once a day the end of the audit log is signed and kept elsewhere, so that a log that is cut off
 * or computed anew later is found.
 *
 * <p>It goes past the outbox, which is in the database that it is to watch. No transaction is
 * needed: what was committed once is the end of the log at that time, whoever appends meanwhile.
 */
@Component
public class AnchorAuditLog {

  private final AuditLog auditLog;
  private final AuditKeys keys;
  private final DirectPublisher publisher;
  private final Clock clock;

  AnchorAuditLog(AuditLog auditLog, AuditKeys keys, DirectPublisher publisher, Clock clock) {
    this.auditLog = auditLog;
    this.keys = keys;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Signs where the log ends now; an empty log has nothing that could be cut off. */
  public void handle() {
    ChainHead head = auditLog.head();
    if (head.seq() == 0) {
      return;
    }
    requireOwn(head);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AuditAnchor anchor = AuditAnchor.of(head, now, keys.current());
    publisher.publish(
        new AuditLogAnchored(
            anchor.keyId(),
            anchor.entries(),
            anchor.headHash(),
            anchor.anchoredAt(),
            anchor.signature()));
  }

  /**
   * What is signed counts for good, so a last entry that somebody else wrote is not: with a number
   * that the log never reaches it would look cut off ever after.
   */
  private void requireOwn(ChainHead head) {
    boolean isOwn =
        auditLog.after(head.seq() - 1, 1).stream()
            .flatMap(row -> row.entry().stream())
            .anyMatch(entry ->
                keys.find(entry.keyId()).filter(entry::isIntact).isPresent()
                    && entry.asHead().seq() == head.seq());
    if (!isOwn) {
      throw new IllegalStateException(
          "the last audit entry, %d, is not what was written: it is not signed"
              .formatted(head.seq()));
    }
  }
}
