package io.cpdevents.registration.registrations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the places of a registration wait for money.
 *
 * @param expiresAt when the hold ends
 * @param extendedFrom when it would have ended had it not been extended; null when it was not
 */
record Hold(Instant expiresAt, @Nullable Instant extendedFrom) {

  /** How long places wait for money as a rule. */
  static final Duration NORMAL_TIME = Duration.ofMinutes(30);

  /** The least time that a buyer has for another attempt when the bank has refused. */
  static final Duration MIN_REMAINING_TIME = Duration.ofMinutes(10);

  /** The hold of places that were taken at this moment, for so long. */
  static Hold since(Instant placedAt, Duration time) {
    return new Hold(placedAt.plus(time), null);
  }

  boolean isExtended() {
    return extendedFrom != null;
  }

  /** The hold with more time: it ends at this moment, and never earlier than it did. */
  Hold extendedTo(Instant end) {
    return new Hold(
        end.isAfter(expiresAt) ? end : expiresAt, extendedFrom == null ? expiresAt : extendedFrom);
  }

  /** The hold without its extension, with some time left for another attempt to pay. */
  Hold withoutExtension(Instant now) {
    Instant normalEnd = extendedFrom == null ? expiresAt : extendedFrom;
    Instant soonest = now.plus(MIN_REMAINING_TIME);
    return new Hold(normalEnd.isAfter(soonest) ? normalEnd : soonest, null);
  }
}
