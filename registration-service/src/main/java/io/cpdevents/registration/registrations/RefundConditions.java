package io.cpdevents.registration.registrations;

import io.cpdevents.registration.events.EventPlace;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides about refunds of a registration.
 *
 * @param place when and where the event takes place now
 * @param startsAtWhenBooked the event's start as it was when the buyer booked
 * @param moved null unless the event was moved after the buyer had booked
 * @param policy the one that the registration was made under
 */
record RefundConditions(
    EventStatus eventStatus,
    EventPlace place,
    Instant startsAtWhenBooked,
    @Nullable Moved moved,
    RefundPolicy policy) {

  /**
   * How the event was moved since.
   *
   * @param planned when and where it was to take place when the buyer booked
   * @param freeUntil until when a cancellation is free because of it; null when no change was large
   *     enough
   */
  record Moved(EventPlace planned, @Nullable Instant freeUntil) {}

  boolean isEventCancelled() {
    return eventStatus == EventStatus.CANCELLED;
  }

  boolean hasStarted(Instant now) {
    return !now.isBefore(place.startsAt());
  }

  /** The policy's tier that counts now; empty when none is open any more. */
  Optional<Tier> tierAt(Instant now) {
    return policy.tierAt(now, List.of(place.startsAt(), startsAtWhenBooked));
  }

  /**
   * Until when everything goes back, whatever the policy says, because the event was moved: at the
   * latest until it starts. Empty when that is over, or it is back where it was.
   */
  Optional<Instant> freeUntil(Instant now) {
    if (moved == null || !place.breaks(moved.planned())) {
      return Optional.empty();
    }
    return Optional.ofNullable(moved.freeUntil())
        .map(until -> until.isBefore(place.startsAt()) ? until : place.startsAt())
        .filter(now::isBefore);
  }
}
