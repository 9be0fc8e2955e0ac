package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin puts an event on sale; doing it again changes nothing. */
@Component
public class PublishEvent {

  private final EventEditing editing;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;
  private final Clock clock;

  PublishEvent(EventEditing editing, TicketTypes ticketTypes, EventQueries queries, Clock clock) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Publishes the event.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled} or
   *     {@code incomplete}
   */
  @Transactional
  public EventView handle(UUID eventId, Caller caller) {
    editing
        .lock(eventId, caller)
        .publish(ticketTypes.countOf(eventId), clock.instant())
        .ifPresent(published -> editing.save(published, "event.published"));
    return queries.view(eventId);
  }
}
