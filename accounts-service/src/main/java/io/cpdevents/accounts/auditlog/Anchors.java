package io.cpdevents.accounts.auditlog;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the anchors that are signed say of a stretch of the chain, and the last of all. Nothing else
 * is kept of what is read: anybody who can write to where they are could add as many others, or the
 * same ones, as they like.
 */
final class Anchors {

  private final AuditKeys keys;
  private final long fromPlace;
  private final long toPlace;
  private final Map<Long, Set<String>> headHashes = new HashMap<>();
  private @Nullable AuditAnchor last;

  private Anchors(AuditKeys keys, long fromPlace, long toPlace) {
    this.keys = keys;
    this.fromPlace = fromPlace;
    this.toPlace = toPlace;
  }

  /** Those about the places from one to another, both included. */
  static Anchors of(KeptAnchors kept, AuditKeys keys, long fromPlace, long toPlace) {
    Anchors anchors = new Anchors(keys, fromPlace, toPlace);
    kept.forEach(anchors::read);
    return anchors;
  }

  private void read(AuditAnchor anchor) {
    if (keys.find(anchor.keyId()).filter(anchor::isSignedWith).isEmpty()) {
      return;
    }
    if (last == null || anchor.entries() > last.entries()) {
      last = anchor;
    }
    if (anchor.entries() >= fromPlace && anchor.entries() <= toPlace) {
      headHashes.computeIfAbsent(anchor.entries(), _ -> new HashSet<>()).add(anchor.headHash());
    }
  }

  /** Whether no anchor is about another entry at this place. */
  boolean agreeWith(AuditEntry entry) {
    return Set.of(HexFormat.of().formatHex(entry.hash()))
        .containsAll(headHashes.getOrDefault(entry.seq(), Set.of()));
  }

  /** The most entries that the log ever had when it was anchored; 0 without anchors. */
  long lastPlace() {
    return last == null ? 0 : last.entries();
  }

  /** When it had them; null without anchors. */
  @Nullable Instant lastTime() {
    return last == null ? null : last.anchoredAt();
  }
}
