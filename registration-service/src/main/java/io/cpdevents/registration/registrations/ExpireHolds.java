package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Holds that were not paid in time end, and their places go back on sale. */
@Component
public class ExpireHolds {

  /** The most holds that end in one transaction: their events stay locked for milliseconds. */
  public static final int MAX_BATCH = 100;

  private final Registrations registrations;
  private final Places places;
  private final Outbox outbox;
  private final Clock clock;

  ExpireHolds(Registrations registrations, Places places, Outbox outbox, Clock clock) {
    this.registrations = registrations;
    this.places = places;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Ends a batch of due holds. The events' rows are locked last.
   *
   * @return how many; fewer than {@link #MAX_BATCH} when no more are due
   */
  @Transactional
  public int handle() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Registration> due = registrations.lockDueHolds(now, MAX_BATCH);
    List<Registration> expired =
        due.stream().filter(hold -> hold.onHoldExpired() == RegistrationStatus.EXPIRED).toList();
    if (expired.isEmpty()) {
      return due.size();
    }
    registrations.expire(expired, now);
    for (Registration hold : expired) {
      outbox.append(
          new RegistrationExpired(
              hold.id(), hold.accountId(), hold.eventId(), hold.organizationId(), now));
    }
    places.giveBack(expired);
    return due.size();
  }
}
