package io.cpdevents.registration.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When and where an event takes place: what people plan by who register for it. */
public record EventPlace(Instant startsAt, Instant endsAt, EventMode mode, @Nullable String venue) {

  /** By less nobody's day is changed. */
  private static final Duration MAX_SHIFT_TIME = Duration.ofHours(1);

  /**
   * Whether somebody who had planned with another time or place may let go of it for nothing: it
   * begins later, or more than an hour earlier, or ends more than an hour later, or is elsewhere.
   */
  public boolean breaks(EventPlace planned) {
    return startsAt.isAfter(planned.startsAt)
        || startsAt.isBefore(planned.startsAt.minus(MAX_SHIFT_TIME))
        || endsAt.isAfter(planned.endsAt.plus(MAX_SHIFT_TIME))
        || isElsewhereThan(planned);
  }

  private boolean isElsewhereThan(EventPlace planned) {
    return mode != planned.mode || (mode.needsVenue() && !Objects.equals(venue, planned.venue));
  }
}
