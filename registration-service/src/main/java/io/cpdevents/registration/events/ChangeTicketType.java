package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes a ticket type; what was booked before keeps its price. */
@Component
public class ChangeTicketType {

  private final OrganizerDesk desk;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;

  ChangeTicketType(OrganizerDesk desk, TicketTypes ticketTypes, EventQueries queries) {
    this.desk = desk;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
  }

  /**
   * Changes the terms.
   *
   * @param change makes the new terms from those that are in force
   * @throws RuleViolation {@code ticket-type-not-found}, {@code role-missing}, {@code
   *     invalid-request}, {@code amount-not-payable} or {@code quota-below-taken}
   */
  @Transactional
  public TicketTypeView handle(UUID id, Caller caller, UnaryOperator<TicketTypeTerms> change) {
    Event event = desk.openForTicketType(id, caller);
    TicketType before =
        ticketTypes.find(id).orElseThrow(() -> RuleViolation.notFound("ticket-type-not-found"));
    TicketTypeTerms terms = change.apply(before.terms()).complete(event.currency());
    if (!terms.equals(before.terms())) {
      if (!ticketTypes.update(id, terms)) {
        throw RuleViolation.conflict(
            "quota-below-taken", "More places are taken than the ticket type would have.");
      }
      desk.close(
          event.withTicketTypes(ticketTypes.countOf(event.id())),
          "ticket-type.changed",
          "ticket-type",
          id);
    }
    return queries.ticketTypeView(id);
  }
}
