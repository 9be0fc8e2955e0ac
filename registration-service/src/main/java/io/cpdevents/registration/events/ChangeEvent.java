package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes an event; registrations keep what they were made under. */
@Component
public class ChangeEvent {

  private final OrganizerDesk desk;
  private final Events events;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;

  ChangeEvent(OrganizerDesk desk, Events events, TicketTypes ticketTypes, EventQueries queries) {
    this.desk = desk;
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
  }

  /**
   * Changes the terms.
   *
   * @param change makes the new terms from those that are in force
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code invalid-request},
   *     {@code incomplete} or {@code capacity-below-taken}
   */
  @Transactional
  public EventView handle(UUID eventId, Caller caller, UnaryOperator<EventTerms> change) {
    Event before = desk.open(eventId, caller);
    Event after = before.changed(change.apply(before.terms()), ticketTypes.countOf(eventId));
    if (!after.terms().equals(before.terms())) {
      desk.close(after, "event.changed", "event", eventId);
      events.replaceDescription(eventId, after.terms().description());
      recount(before, after);
    }
    return queries.view(eventId);
  }

  private void recount(Event before, Event after) {
    boolean wasLimited = before.terms().perAccountLimit() != null;
    boolean isLimited = after.terms().perAccountLimit() != null;
    if (wasLimited != isLimited) {
      events.countAccounts(after.id(), isLimited);
    }
  }
}
