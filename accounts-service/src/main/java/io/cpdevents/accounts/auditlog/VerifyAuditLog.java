package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.auditlog.AuditEntry.ChainHead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A platform-admin checks that nobody has changed, moved, removed or inserted an audit entry, or
 * written the log anew.
 */
@Component
public class VerifyAuditLog {

  private static final int MAX_BATCH_ROWS = 1_000;

  /**
   * What was found.
   *
   * @param entries how many entries are intact, counted from the beginning
   * @param headHash the hash of the last of them, hexadecimal
   * @param brokenAtSeq the place of the first entry that is not what it was; null for none
   * @param tampering what was done to it; null for nothing
   * @param anchoredAt when the end of the log was last signed and kept elsewhere: what was removed
   *     at the end after this time is not found; null for never
   * @param anchoredEntries how many entries the log had then; 0 for never
   */
  @Schema(name = "AuditLogVerification")
  public record Verification(
      boolean intact,
      long entries,
      String headHash,
      @Nullable Long brokenAtSeq,
      @Nullable Tampering tampering,
      @Nullable Instant anchoredAt,
      long anchoredEntries) {}

  private final AuditLog auditLog;
  private final AuditKeys keys;
  private final KeptAnchors keptAnchors;

  VerifyAuditLog(AuditLog auditLog, AuditKeys keys, KeptAnchors keptAnchors) {
    this.auditLog = auditLog;
    this.keys = keys;
    this.keptAnchors = keptAnchors;
  }

  /**
   * Checks the chain from its beginning to what was the last entry when it began, a batch at a
   * time, against itself and against its anchors.
   */
  public Verification handle() {
    Anchors anchors = Anchors.signed(keptAnchors.read(), keys);
    long lastSeq = auditLog.head().seq();
    ChainHead head = ChainHead.none();
    while (head.seq() < lastSeq) {
      List<AuditEntry> entries = auditLog.after(head.seq(), MAX_BATCH_ROWS);
      if (entries.isEmpty()) {
        return broken(head, head.seq() + 1, Tampering.DELETED, anchors);
      }
      for (AuditEntry entry : entries) {
        if (entry.seq() != head.seq() + 1) {
          return broken(head, head.seq() + 1, Tampering.DELETED, anchors);
        }
        Optional<Tampering> found = tamperingAt(entry, head, anchors, lastSeq);
        if (found.isPresent()) {
          return broken(head, entry.seq(), found.get(), anchors);
        }
        head = entry.asHead();
      }
    }
    return anchors.lastPlace() > head.seq()
        ? broken(head, head.seq() + 1, Tampering.DELETED_AT_END, anchors)
        : verification(head, null, null, anchors);
  }

  private Optional<Tampering> tamperingAt(
      AuditEntry entry, ChainHead head, Anchors anchors, long lastSeq) {
    Optional<AuditKey> key = keys.find(entry.keyId());
    if (key.isEmpty()) {
      return Optional.of(Tampering.UNKNOWN_KEY);
    }
    if (!entry.isIntact(key.get())) {
      return Optional.of(howItWasBroken(entry, key.get(), lastSeq));
    }
    // The hash is of our own key, but stands in another chain than the one that we wrote.
    return entry.follows(head) && anchors.agreeWith(entry)
        ? Optional.empty()
        : Optional.of(Tampering.COMPUTED_ANEW);
  }

  private Tampering howItWasBroken(AuditEntry entry, AuditKey key, long lastSeq) {
    // All places before it are taken by entries that are intact.
    if (LongStream.rangeClosed(entry.seq() + 1, lastSeq)
        .anyMatch(place -> entry.isIntactAt(place, key))) {
      return Tampering.SWAPPED;
    }
    return auditLog.after(entry.seq(), 1).stream()
            .anyMatch(next -> next.follows(entry.asHead()) && !isIntact(next))
        ? Tampering.COMPUTED_ANEW
        : Tampering.CHANGED;
  }

  private boolean isIntact(AuditEntry entry) {
    return keys.find(entry.keyId()).filter(entry::isIntact).isPresent();
  }

  private static Verification broken(
      ChainHead head, long seq, Tampering tampering, Anchors anchors) {
    return verification(head, seq, tampering, anchors);
  }

  private static Verification verification(
      ChainHead head, @Nullable Long brokenAtSeq, @Nullable Tampering tampering, Anchors anchors) {
    return new Verification(
        tampering == null,
        head.seq(),
        HexFormat.of().formatHex(head.hash()),
        brokenAtSeq,
        tampering,
        anchors.lastTime(),
        anchors.lastPlace());
  }
}
