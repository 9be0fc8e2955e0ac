package io.cpdevents.registration.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event for which somebody had registered got another time or place.
 *
 * @param noticeId with which it is told
 * @param from when and where it was to take place before
 * @param freeUntil until when those who had registered may cancel for nothing because of it; null
 *     when it is too small a change
 * @param beginsAgain whether it had begun, and begins later once more
 */
record EventMove(
    UUID id,
    UUID eventId,
    UUID noticeId,
    EventPlace from,
    Instant movedAt,
    @Nullable Instant freeUntil,
    boolean beginsAgain) {

  /** How long people have to find out whether they can come. */
  static final Duration FREE_CANCELLATION_TIME = Duration.ofDays(7);

  /** An organizer who corrects a typing error within this time bothers nobody. */
  static final Duration SETTLING_TIME = Duration.ofMinutes(5);

  /**
   * The move of an event that was changed.
   *
   * @param smallSince what it was before a row of changes each of which was too small; what it was
   *     before this one when there is none
   */
  static EventMove of(
      UUID id, UUID noticeId, Event before, Event after, EventPlace smallSince, Instant now) {
    EventPlace from = before.terms().place();
    EventPlace to = after.terms().place();
    boolean breaks = to.breaks(from) || to.breaks(smallSince);
    return new EventMove(
        id,
        after.id(),
        noticeId,
        from,
        now,
        breaks ? now.plus(FREE_CANCELLATION_TIME) : null,
        before.isHeldAgain(after.terms(), now));
  }
}
