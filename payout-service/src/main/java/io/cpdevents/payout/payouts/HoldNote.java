package io.cpdevents.payout.payouts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed when they held or released a payout.
 *
 * @param reason without those who are named in it and were erased since
 * @param writtenBy null where that was not kept
 */
public record HoldNote(Kind kind, String reason, @Nullable UUID writtenBy, Instant writtenAt) {

  /** What was done. */
  public enum Kind {
    HELD,
    RELEASED
  }
}
