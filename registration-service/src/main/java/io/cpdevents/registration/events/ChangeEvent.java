package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes an event; registrations keep the terms that they were made under. */
@Component
public class ChangeEvent {

  private final EventEditing editing;
  private final Events events;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;
  private final Clock clock;

  ChangeEvent(
      EventEditing editing,
      Events events,
      TicketTypes ticketTypes,
      EventQueries queries,
      Clock clock) {
    this.editing = editing;
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A change of an event's terms.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new terms from the present ones
   */
  public record Command(UUID eventId, IfMatch seen, UnaryOperator<EventTerms> change) {}

  /**
   * Changes the terms; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code changed-meanwhile}, {@code invalid-request}, {@code incomplete} or {@code
   *     capacity-below-taken}
   */
  @Transactional
  public EventView handle(Command command, Caller caller) {
    UUID eventId = command.eventId();
    Event before = editing.lock(eventId, caller);
    command.seen().require(before.version());
    EventTerms terms = command.change().apply(before.terms());
    Event after =
        before.changed(
            terms, ticketTypes.countOf(eventId), events.hasRegistrations(eventId), clock.instant());
    if (!after.terms().equals(before.terms())) {
      editing.save(after, "event.changed");
      events.replaceTexts(after);
      recountAccounts(before, after);
    }
    return queries.view(eventId);
  }

  private void recountAccounts(Event before, Event after) {
    if (before.limitsAccounts() != after.limitsAccounts()) {
      events.recountAccounts(after.id(), after.limitsAccounts());
    }
  }
}
