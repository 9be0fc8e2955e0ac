package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin adds a kind of ticket to an event. */
@Component
public class AddTicketType {

  /** The most ticket types of one event. */
  private static final int MAX_TICKET_TYPES = 50;

  private final OrganizerDesk desk;
  private final TicketTypes ticketTypes;
  private final EventQueries queries;
  private final Clock clock;

  AddTicketType(OrganizerDesk desk, TicketTypes ticketTypes, EventQueries queries, Clock clock) {
    this.desk = desk;
    this.ticketTypes = ticketTypes;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A ticket type to be.
   *
   * @param ticketTypeId the same for a repeat of the same request
   */
  public record Command(UUID ticketTypeId, UUID eventId, TicketTypeTerms terms) {}

  /**
   * Adds the ticket type.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code invalid-request},
   *     {@code amount-not-payable} or {@code too-many-ticket-types}
   */
  @Transactional
  public TicketTypeView handle(Command command, Caller caller) {
    Event event = desk.open(command.eventId(), caller);
    TicketType ticketType =
        new TicketType(
            command.ticketTypeId(),
            event.id(),
            command.terms().complete(event.currency()),
            0,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (ticketTypes.insert(ticketType)) {
      int count = ticketTypes.countOf(event.id());
      if (count > MAX_TICKET_TYPES) {
        throw RuleViolation.conflict(
            "too-many-ticket-types",
            "An event has at most %d ticket types.".formatted(MAX_TICKET_TYPES));
      }
      desk.close(event.withTicketTypes(count), "ticket-type.added", "ticket-type", ticketType.id());
    }
    return queries.ticketTypeView(ticketType.id());
  }
}
