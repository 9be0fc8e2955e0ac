package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Holds that were not paid in time expire, and their places go back on sale. */
@Component
public class ExpireHolds {

  /** In one transaction, so that their events stay locked for milliseconds only. */
  private static final int MAX_BATCH_ROWS = 100;

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
   * Ends a batch of holds that are due.
   *
   * @return how many were due
   */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    List<Registration> due = registrations.lockDueHolds(now, MAX_BATCH_ROWS);
    List<Transition> expired =
        due.stream()
            .map(hold -> hold.expireHold(Ids.next(), now))
            .flatMap(Optional::stream)
            .toList();
    if (expired.isEmpty()) {
      return due.size();
    }
    registrations.save(expired);
    expired.forEach(transition -> transition.facts().forEach(outbox::append));
    // Last, because it locks the events: whoever wants places of them waits only for this.
    places.giveBack(freedPlaces(expired));
    return due.size();
  }

  private List<FreedPlaces> freedPlaces(List<Transition> expired) {
    List<Registration> ended = expired.stream().map(Transition::registration).toList();
    Map<UUID, List<Ticket>> tickets = registrations.tickets(ended);
    return ended.stream()
        .map(hold -> FreedPlaces.all(hold, tickets.getOrDefault(hold.id(), List.of())))
        .toList();
  }
}
