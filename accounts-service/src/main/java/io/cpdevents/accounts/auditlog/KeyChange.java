package io.cpdevents.accounts.auditlog;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees that a former key is not used again. It was changed because somebody may know it: who does,
 * and holds the database, could else go on with the log under it.
 *
 * <p>What may be written under a former key is what was on its way when the key was changed, on
 * instances that did not know yet. Before the first entry under the present key nothing tells that
 * there is one. A key that was not there before the present one is none of its predecessors: the
 * present one was put back.
 */
final class KeyChange {

  private static final Duration MAX_CHANGE_TIME = Duration.ofHours(1);

  private final String presentKey;
  private final Function<String, Optional<AuditEntry>> firstUnder;
  private final Optional<AuditEntry> begun;
  private final Map<String, Boolean> predecessors = new HashMap<>();
  private @Nullable Instant latest;

  /**
   * What the log says of the change to this key.
   *
   * @param firstUnder the first intact entry under a key, wherever it is
   */
  KeyChange(String presentKey, Function<String, Optional<AuditEntry>> firstUnder) {
    this.presentKey = presentKey;
    this.firstUnder = firstUnder;
    this.begun = firstUnder.apply(presentKey);
  }

  /** Whether an entry may be under its key after those before it; takes it as the last of them. */
  boolean allows(AuditEntry entry) {
    note(entry.recordedAt());
    return entry.keyId().equals(presentKey)
        || begun.filter(first -> isAfter(entry, first)).isEmpty();
  }

  /** When an entry was recorded that stands before those that are asked about. */
  void note(Instant recordedAt) {
    if (latest == null || recordedAt.isAfter(latest)) {
      latest = recordedAt;
    }
  }

  private boolean isAfter(AuditEntry entry, AuditEntry first) {
    return entry.seq() > first.seq()
        && latest != null
        && latest.isAfter(first.recordedAt().plus(MAX_CHANGE_TIME))
        && isPredecessor(entry.keyId(), first);
  }

  private boolean isPredecessor(String key, AuditEntry first) {
    return predecessors.computeIfAbsent(
        key, _ -> firstUnder.apply(key).filter(its -> its.seq() < first.seq()).isPresent());
  }
}
