package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventEditing.TicketTypeEdit;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes a ticket type; tickets that were booked before keep their price. */
@Component
public class ChangeTicketType {

  private final EventEditing editing;
  private final TicketTypes ticketTypes;
  private final OffersPlaces waitlist;
  private final EventQueries queries;

  ChangeTicketType(
      EventEditing editing, TicketTypes ticketTypes, OffersPlaces waitlist, EventQueries queries) {
    this.editing = editing;
    this.ticketTypes = ticketTypes;
    this.waitlist = waitlist;
    this.queries = queries;
  }

  /**
   * A change of a ticket type's terms.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new terms from the present ones
   */
  public record Command(UUID ticketTypeId, IfMatch seen, UnaryOperator<TicketTypeTerms> change) {}

  /**
   * Changes the terms; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code ticket-type-not-found}, {@code role-missing}, {@code
   *     event-cancelled}, {@code changed-meanwhile}, {@code invalid-request}, {@code
   *     amount-not-payable} or {@code quota-below-taken}
   */
  @Transactional
  public TicketTypeView handle(Command command, Caller caller) {
    UUID id = command.ticketTypeId();
    Event event = editing.lockForTicketType(id, caller);
    TicketType before =
        ticketTypes
            .find(id)
            .orElseThrow(() -> RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation());
    command.seen().require(before.version());
    TicketType after = before.changed(command.change().apply(before.terms()), event);
    if (!after.terms().equals(before.terms())) {
      if (!ticketTypes.update(after)) {
        throw RegistrationProblem.QUOTA_BELOW_TAKEN.violation();
      }
      editing.saveForTicketType(
          event.withTicketTypes(ticketTypes.countOf(event.id())),
          "ticket-type.changed",
          new TicketTypeEdit(id, before.terms(), after.terms()));
      waitlist.offerPlaces(List.of(event.id()));
    }
    return queries.ticketTypeView(id);
  }
}
