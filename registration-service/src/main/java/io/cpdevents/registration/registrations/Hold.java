package io.cpdevents.registration.registrations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the places of a registration wait for money.
 *
 * @param expiresAt when the hold ends
 * @param extendedFrom when it would have ended had it not been extended for a slow bank; null when
 *     it was not
 * @param retryGiven whether the buyer got more time because a bank had refused, which happens once
 */
record Hold(Instant expiresAt, @Nullable Instant extendedFrom, boolean retryGiven) {

  /** The least time that a buyer has for another attempt when the bank has refused. */
  static final Duration MIN_REMAINING_TIME = Duration.ofMinutes(10);

  /** The hold of places that were taken at this moment, for so long. */
  static Hold since(Instant placedAt, Duration time) {
    return new Hold(placedAt.plus(time), null, false);
  }

  boolean isExtended() {
    return extendedFrom != null;
  }

  /** The hold with more time: it ends at this moment, and never earlier than it did. */
  Hold extendedTo(Instant end) {
    return new Hold(
        end.isAfter(expiresAt) ? end : expiresAt,
        extendedFrom == null ? expiresAt : extendedFrom,
        retryGiven);
  }

  /** The hold without its extension, with some time left for another attempt to pay. */
  Hold withoutExtension(Instant now) {
    Instant normalEnd = extendedFrom == null ? expiresAt : extendedFrom;
    Instant soonest = now.plus(MIN_REMAINING_TIME);
    return normalEnd.isBefore(soonest)
        ? new Hold(soonest, null, true)
        : new Hold(normalEnd, null, retryGiven);
  }

  /** The hold with some time left for another attempt to pay, once; the same when there is. */
  Hold withTimeToRetry(Instant now) {
    Instant soonest = now.plus(MIN_REMAINING_TIME);
    return retryGiven || !soonest.isAfter(expiresAt) ? this : new Hold(soonest, extendedFrom, true);
  }
}
