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

  /** So many are checked in about a second: the gateway waits ten, also for a busy machine. */
  static final int MAX_STRETCH_ENTRIES = 20_000;

  private static final int MAX_BATCH_ROWS = 1_000;

  /** How far from its place an entry is looked for when its predecessor was moved, too. */
  private static final int MAX_SWAP_PLACES = 1_000;

  /**
   * What was found.
   *
   * @param intact whether nothing was found, as far as it was looked
   * @param entries how many entries are intact, counted from the beginning
   * @param headHash the hash of the last of them, hexadecimal
   * @param next what to ask for next, so that the rest is checked; null when all is checked, or
   *     something was found
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
      @Nullable String next,
      @Nullable Long brokenAtSeq,
      @Nullable Tampering tampering,
      @Nullable Instant anchoredAt,
      long anchoredEntries) {

    /** Where the rest begins; empty when there is nothing left to look at. */
    public Optional<CheckedEnd> rest() {
      return Optional.ofNullable(next).map(CheckedEnd::parse);
    }
  }

  private final AuditLog auditLog;
  private final AuditKeys keys;
  private final KeptAnchors keptAnchors;

  VerifyAuditLog(AuditLog auditLog, AuditKeys keys, KeptAnchors keptAnchors) {
    this.auditLog = auditLog;
    this.keys = keys;
    this.keptAnchors = keptAnchors;
  }

  /**
   * Checks a stretch of the chain, a batch at a time, against itself and against its anchors. It
   * begins after what an earlier stretch has found, so that however long the log is, each answer
   * comes in time; the earlier answer, which the caller holds, is worth no less than the entries.
   */
  public Verification handle(CheckedEnd before) {
    long stretchEnd = before.entries() + MAX_STRETCH_ENTRIES;
    // A stretch ends with a whole batch.
    Anchors anchors =
        Anchors.of(keptAnchors, keys, before.entries() + 1, stretchEnd + MAX_BATCH_ROWS);
    long lastSeq = auditLog.head().seq();
    ChainHead head = before.asHead();
    KeyChange keyChange = keyChangeBefore(head);
    while (head.seq() < Math.min(lastSeq, stretchEnd)) {
      List<AuditLog.Kept> rows = auditLog.after(head.seq(), MAX_BATCH_ROWS);
      if (rows.isEmpty()) {
        return broken(head, head.seq() + 1, Tampering.DELETED, anchors);
      }
      for (AuditLog.Kept row : rows) {
        if (row.seq() != head.seq() + 1) {
          return broken(head, head.seq() + 1, Tampering.DELETED, anchors);
        }
        if (row.entry().isEmpty()) {
          return broken(head, row.seq(), Tampering.CHANGED, anchors);
        }
        AuditEntry entry = row.entry().get();
        Optional<Tampering> found = tamperingAt(entry, head, anchors);
        if (found.isEmpty() && !keyChange.allows(entry)) {
          found = Optional.of(Tampering.RETIRED_KEY);
        }
        if (found.isPresent()) {
          return broken(head, entry.seq(), found.get(), anchors);
        }
        head = entry.asHead();
      }
    }
    if (head.seq() < lastSeq) {
      return verification(head, CheckedEnd.of(head), null, null, anchors);
    }
    long mostEver = Math.max(anchors.lastPlace(), before.entries());
    return mostEver > lastSeq
        ? broken(head, lastSeq + 1, Tampering.DELETED_AT_END, anchors)
        : verification(head, null, null, null, anchors);
  }

  /** What is known of the change of keys before a stretch. */
  private KeyChange keyChangeBefore(ChainHead head) {
    KeyChange change =
        new KeyChange(keys.current().id(), key -> auditLog.firstUnder(key).filter(this::isIntact));
    if (head.seq() > 0) {
      auditLog.after(head.seq() - 1, 1).stream()
          .flatMap(row -> row.entry().stream())
          .map(AuditEntry::recordedAt)
          .forEach(change::note);
    }
    return change;
  }

  private Optional<Tampering> tamperingAt(AuditEntry entry, ChainHead head, Anchors anchors) {
    Optional<AuditKey> key = keys.find(entry.keyId());
    if (key.isEmpty()) {
      return Optional.of(Tampering.UNKNOWN_KEY);
    }
    if (!entry.isIntact(key.get())) {
      return Optional.of(howItWasBroken(entry, key.get()));
    }
    // The hash is of our own key, but stands in another chain than the one that we wrote.
    return entry.follows(head) && anchors.agreeWith(entry)
        ? Optional.empty()
        : Optional.of(Tampering.COMPUTED_ANEW);
  }

  private Tampering howItWasBroken(AuditEntry entry, AuditKey key) {
    if (wasMoved(entry, key)) {
      return Tampering.SWAPPED;
    }
    return auditLog.after(entry.seq(), 1).stream()
            .flatMap(row -> row.entry().stream())
            .anyMatch(next -> next.follows(entry.asHead()) && !isIntact(next))
        ? Tampering.COMPUTED_ANEW
        : Tampering.CHANGED;
  }

  /**
   * Whether it is what was written for a later place: all before are taken by entries that are
   * intact. That place is right after its predecessor's, if that one is where it was, or else not
   * far: whoever holds the database may say that the log has any length, so it is not looked for to
   * its end.
   */
  private boolean wasMoved(AuditEntry entry, AuditKey key) {
    return auditLog.placesOf(entry.prevHash()).stream()
            .anyMatch(place -> entry.isIntactAt(place + 1, key))
        || LongStream.rangeClosed(entry.seq() + 1, entry.seq() + MAX_SWAP_PLACES)
            .anyMatch(place -> entry.isIntactAt(place, key));
  }

  private boolean isIntact(AuditEntry entry) {
    return keys.find(entry.keyId()).filter(entry::isIntact).isPresent();
  }

  private static Verification broken(
      ChainHead head, long seq, Tampering tampering, Anchors anchors) {
    return verification(head, null, seq, tampering, anchors);
  }

  private static Verification verification(
      ChainHead head,
      @Nullable CheckedEnd rest,
      @Nullable Long brokenAtSeq,
      @Nullable Tampering tampering,
      Anchors anchors) {
    return new Verification(
        tampering == null,
        head.seq(),
        HexFormat.of().formatHex(head.hash()),
        rest == null ? null : rest.toString(),
        brokenAtSeq,
        tampering,
        anchors.lastTime(),
        anchors.lastPlace());
  }
}
