package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventEditing.TicketTypeEdit;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin adds a ticket type to an event. */
@Component
public class AddTicketType {

  private static final int MAX_TICKET_TYPES_PER_EVENT = 50;

  private final EventEditing editing;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;
  private final Clock clock;

  AddTicketType(EventEditing editing, TicketTypes ticketTypes, EventQueries queries, Clock clock) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A ticket type to add.
   *
   * @param ticketTypeId the same when the same request comes again
   */
  public record Command(UUID ticketTypeId, UUID eventId, TicketTypeTerms terms) {}

  /**
   * Adds the ticket type.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code invalid-request}, {@code amount-not-payable} or {@code too-many-ticket-types}
   */
  @Transactional
  public TicketTypeView handle(Command command, Caller caller) {
    Event event = editing.lock(command.eventId(), caller);
    TicketType ticketType =
        TicketType.of(event, command.ticketTypeId(), command.terms(), clock.instant());
    if (ticketTypes.insert(ticketType)) {
      int count = ticketTypes.countOf(event.id());
      if (count > MAX_TICKET_TYPES_PER_EVENT) {
        throw RegistrationProblem.TOO_MANY_TICKET_TYPES.violation(
            "An event has at most %d ticket types.".formatted(MAX_TICKET_TYPES_PER_EVENT));
      }
      editing.saveForTicketType(
          event.withTicketTypes(count),
          "ticket-type.added",
          new TicketTypeEdit(ticketType.id(), null, ticketType.terms()));
    }
    return queries.ticketTypeView(ticketType.id());
  }
}
