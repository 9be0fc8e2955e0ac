package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A platform-admin checks that nobody has changed, removed or inserted an audit entry. */
@Component
public class VerifyAuditLog {

  private static final int MAX_BATCH_ROWS = 1_000;

  /**
   * What was found.
   *
   * @param entries how many entries are intact, counted from the beginning
   * @param headHash the hash of the last of them, hexadecimal. Whoever keeps it elsewhere can also
   *     see that the end of the log was cut off
   * @param brokenAtSeq the place of the first entry that was changed, moved or removed; null for
   *     none
   */
  @Schema(name = "AuditLogVerification")
  public record Verification(
      boolean intact, long entries, String headHash, @Nullable Long brokenAtSeq) {}

  private final AuditLog auditLog;

  VerifyAuditLog(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /** Checks the chain from its beginning to what was the last entry when it began. */
  public Verification handle() {
    long lastSeq = auditLog.head().seq();
    ChainHead head = ChainHead.none();
    while (head.seq() < lastSeq) {
      List<AuditEntry> entries = auditLog.after(head.seq(), MAX_BATCH_ROWS);
      if (entries.isEmpty()) {
        return broken(head, head.seq() + 1);
      }
      for (AuditEntry entry : entries) {
        if (!entry.follows(head) || !entry.isIntact()) {
          return broken(head, entry.seq());
        }
        head = entry.asHead();
      }
    }
    return new Verification(true, head.seq(), hex(head), null);
  }

  private static Verification broken(ChainHead head, long seq) {
    return new Verification(false, head.seq(), hex(head), seq);
  }

  private static String hex(ChainHead head) {
    return HexFormat.of().formatHex(head.hash());
  }
}
