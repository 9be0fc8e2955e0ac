package io.cpdevents.accounts.auditlog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The anchors that are signed, by the place that each is about. */
final class Anchors {

  private final Map<Long, List<AuditAnchor>> byPlace;
  private final @Nullable AuditAnchor last;

  private Anchors(Map<Long, List<AuditAnchor>> byPlace, @Nullable AuditAnchor last) {
    this.byPlace = byPlace;
    this.last = last;
  }

  /** Anybody who can write to where they are kept could add others, so those do not count. */
  static Anchors signed(List<AuditAnchor> kept, AuditKeys keys) {
    List<AuditAnchor> signed =
        kept.stream()
            .filter(anchor -> keys.find(anchor.keyId()).filter(anchor::isSignedWith).isPresent())
            .toList();
    return new Anchors(
        signed.stream().collect(Collectors.groupingBy(AuditAnchor::entries)),
        signed.stream().max(Comparator.comparingLong(AuditAnchor::entries)).orElse(null));
  }

  /** Whether no anchor is about another entry at this place. */
  boolean agreeWith(AuditEntry entry) {
    return byPlace.getOrDefault(entry.seq(), List.of()).stream()
        .allMatch(anchor -> anchor.agreesWith(entry));
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
