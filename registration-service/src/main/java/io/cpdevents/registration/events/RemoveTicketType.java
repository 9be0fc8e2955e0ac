package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin removes a ticket type that nobody has booked. */
@Component
public class RemoveTicketType {

  private final OrganizerDesk desk;
  private final TicketTypes ticketTypes;

  RemoveTicketType(OrganizerDesk desk, TicketTypes ticketTypes) {
    this.desk = desk;
    this.ticketTypes = ticketTypes;
  }

  /**
   * Removes the ticket type.
   *
   * @throws RuleViolation {@code ticket-type-not-found}, {@code role-missing}, {@code
   *     ticket-type-in-use}, or {@code incomplete} when it is the last of a published event
   */
  @Transactional
  public void handle(UUID id, Caller caller) {
    Event event = desk.openForTicketType(id, caller);
    if (!ticketTypes.delete(id)) {
      throw RuleViolation.conflict(
          "ticket-type-in-use", "There are tickets of this type; set its quota or sale window.");
    }
    desk.close(
        event.withTicketTypes(ticketTypes.countOf(event.id())),
        "ticket-type.removed",
        "ticket-type",
        id);
  }
}
