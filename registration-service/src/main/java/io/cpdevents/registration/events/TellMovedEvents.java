package io.cpdevents.registration.events;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.RegistrationEvent.EventMoved;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.events.EventMoves.Informed;
import io.cpdevents.registration.events.EventMoves.Notice;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everybody who has places is told, once, that the event takes place at another time or elsewhere
 * than they know; whoever has not paid yet hears of it with the confirmation.
 */
@Component
public class TellMovedEvents {

  private static final int MAX_BATCH_ROWS = 100;

  private final EventMoves moves;
  private final Events events;
  private final Outbox outbox;
  private final Clock clock;

  TellMovedEvents(EventMoves moves, Events events, Outbox outbox, Clock clock) {
    this.moves = moves;
    this.events = events;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells one batch; answers how many rows it handled. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    return moves.lockDueNotice(now).map(notice -> tellNext(notice, now)).orElse(0);
  }

  private int tellNext(Notice notice, Instant now) {
    Event event = events.find(notice.eventId()).map(Events.Counted::event).orElseThrow();
    // Of a cancelled event everybody hears by its cancellation.
    List<Informed> next =
        event.isPublished() ? moves.lockInformed(notice, MAX_BATCH_ROWS) : List.of();
    EventPlace place = event.terms().place();
    next.stream()
        .filter(informed -> !informed.known().equals(place))
        .forEach(informed -> outbox.append(fact(notice, event, informed, now)));
    if (next.size() < MAX_BATCH_ROWS) {
      moves.finish(notice, now);
    } else {
      moves.advance(notice, next.getLast().registrationId());
    }
    return 1 + next.size();
  }

  private static EventMoved fact(Notice notice, Event event, Informed informed, Instant now) {
    EventPlace known = informed.known();
    return new EventMoved(
        informed.registrationId(),
        informed.accountId(),
        event.id(),
        event.organizationId(),
        notice.id(),
        known.startsAt(),
        known.endsAt(),
        ContractsJson.kebabCase(known.mode()),
        known.venue(),
        freeUntil(event, informed, now),
        now);
  }

  private static @Nullable Instant freeUntil(Event event, Informed informed, Instant now) {
    Instant until = informed.freeUntil();
    EventPlace place = event.terms().place();
    if (until == null || !place.breaks(informed.known())) {
      return null;
    }
    Instant end = until.isBefore(place.startsAt()) ? until : place.startsAt();
    return end.isAfter(now) ? end : null;
  }
}
