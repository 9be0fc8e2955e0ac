package io.cpdevents.registration.registrations;

import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What decides about refunds of a registration.
 *
 * @param startsAt the event's start as it is now
 * @param startsAtWhenBooked the event's start as it was when the buyer booked
 * @param policy the one that the registration was made under
 */
record RefundConditions(
    EventStatus eventStatus, Instant startsAt, Instant startsAtWhenBooked, RefundPolicy policy) {

  boolean isEventCancelled() {
    return eventStatus == EventStatus.CANCELLED;
  }

  boolean hasStarted(Instant now) {
    return !now.isBefore(startsAt);
  }

  /** The policy's tier that counts now; empty when none is open any more. */
  Optional<Tier> tierAt(Instant now) {
    return policy.tierAt(now, List.of(startsAt, startsAtWhenBooked));
  }
}
