package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventEditing.TicketTypeEdit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin removes a ticket type that nobody has booked. */
@Component
public class RemoveTicketType {

  /**
   * Which ticket type.
   *
   * @param seen the version that the caller has seen
   */
  public record Command(UUID ticketTypeId, IfMatch seen) {}

  private final EventEditing editing;
  private final TicketTypes ticketTypes;

  RemoveTicketType(EventEditing editing, TicketTypes ticketTypes) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
  }

  /**
   * Removes the ticket type.
   *
   * @throws RuleViolation {@code ticket-type-not-found}, {@code role-missing}, {@code
   *     event-cancelled}, {@code changed-meanwhile}, {@code ticket-type-in-use}, or {@code
   *     incomplete} when it is the last one of a published event
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    UUID ticketTypeId = command.ticketTypeId();
    Event event = editing.lockForTicketType(ticketTypeId, caller);
    TicketType before =
        ticketTypes
            .find(ticketTypeId)
            .orElseThrow(() -> RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation());
    command.seen().require(before.version());
    if (!ticketTypes.delete(ticketTypeId)) {
      throw RegistrationProblem.TICKET_TYPE_IN_USE.violation();
    }
    editing.saveForTicketType(
        event.withTicketTypes(ticketTypes.countOf(event.id())),
        "ticket-type.removed",
        new TicketTypeEdit(ticketTypeId, before.terms(), null));
  }
}
