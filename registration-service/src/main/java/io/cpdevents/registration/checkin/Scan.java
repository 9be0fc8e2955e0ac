package io.cpdevents.registration.checkin;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket at a door.
 *
 * @param scannedBy whose session or API key the scanner has
 * @param undoneAt null while it counts
 */
record Scan(
    UUID id,
    UUID ticketId,
    ScanDirection direction,
    Instant scannedAt,
    UUID scannedBy,
    @Nullable Instant undoneAt) {

  /** By what they say alone, so that it does not depend on who uploads first. */
  static final Comparator<Scan> IN_ORDER =
      Comparator.comparing(Scan::scannedAt)
          .thenComparing(Scan::direction)
          .thenComparing(Scan::scannedBy);

  boolean isUndone() {
    return undoneAt != null;
  }

  /** Whether it is this scan, uploaded once more. */
  boolean isSameAs(UUID ofTicket, ScanDirection goingThrough, Instant at, UUID by) {
    return ticketId.equals(ofTicket)
        && direction == goingThrough
        && scannedAt.equals(at)
        && scannedBy.equals(by);
  }
}
