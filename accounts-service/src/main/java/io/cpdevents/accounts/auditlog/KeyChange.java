package io.cpdevents.accounts.auditlog;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sees that a former key is not used again. It was changed because somebody may know it: who does,
 * and holds the database, could else go on with the log under it.
 *
 * <p>What may be written under a former key is what was on its way when the key was changed, on
 * instances that did not know yet. Before the first entry under the current key nothing tells that
 * there is one.
 */
final class KeyChange {

  private static final Duration MAX_CHANGE_TIME = Duration.ofHours(1);

  private final AuditKey current;
  private @Nullable Instant begun;
  private @Nullable Instant latest;

  KeyChange(AuditKey current) {
    this.current = current;
  }

  /** Whether an entry may be under its key after those before it; takes it as the last of them. */
  boolean allows(AuditEntry entry) {
    boolean isCurrent = entry.keyId().equals(current.id());
    if (isCurrent && begun == null) {
      begun = entry.recordedAt();
    }
    if (latest == null || entry.recordedAt().isAfter(latest)) {
      latest = entry.recordedAt();
    }
    return isCurrent || begun == null || !latest.isAfter(begun.plus(MAX_CHANGE_TIME));
  }
}
