package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin puts an event on sale; doing it again changes nothing. */
@Component
public class PublishEvent {

  private final OrganizerDesk desk;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;
  private final Clock clock;

  PublishEvent(OrganizerDesk desk, TicketTypes ticketTypes, EventQueries queries, Clock clock) {
    this.desk = desk;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Publishes the event.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code incomplete}
   */
  @Transactional
  public EventView handle(UUID eventId, Caller caller) {
    Event before = desk.open(eventId, caller);
    Event after =
        before.published(
            ticketTypes.countOf(eventId), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (after.version() > before.version()) {
      desk.close(after, "event.published", "event", eventId);
    }
    return queries.view(eventId);
  }
}
