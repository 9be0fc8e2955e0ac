package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves that nobody has changed, removed or inserted an audit entry. */
@Component
public class VerifyAuditLog {

  private static final int BATCH_ROWS = 1_000;

  /**
   * What was found.
   *
   * @param entries how many entries were checked, up to the first that is broken
   * @param headHash of the last entry, hexadecimal: kept elsewhere, it also shows a cut end
   * @param brokenAtSeq the first entry that is not what or where it was; null when there is none
   */
  public record Verification(
      boolean intact, long entries, String headHash, @Nullable Long brokenAtSeq) {}

  private final AuditLog auditLog;

  VerifyAuditLog(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /** Walks the chain from its beginning; entries that are added meanwhile may be left out. */
  public Verification handle() {
    long lastSeq = auditLog.head().seq();
    ChainHead head = ChainHead.none();
    while (head.seq() < lastSeq) {
      List<AuditEntry> entries = auditLog.behind(head.seq(), BATCH_ROWS);
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
