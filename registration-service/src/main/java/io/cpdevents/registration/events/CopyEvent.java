package io.cpdevents.registration.events;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.events.BelongsToEvent.Copying;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin drafts an event like one that there is, also when that was cancelled: with its
 * terms, ticket types and what belongs to it, and without anything that was sold.
 */
@Component
public class CopyEvent {

  private final EventEditing editing;
  private final Events events;
  private final TicketTypes ticketTypes;
  private final List<BelongsToEvent> belongings;
  private final EventQueries queries;
  private final AuditTrail audit;
  private final Clock clock;

  CopyEvent(
      EventEditing editing,
      Events events,
      TicketTypes ticketTypes,
      List<BelongsToEvent> belongings,
      EventQueries queries,
      AuditTrail audit,
      Clock clock) {
    this.editing = editing;
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.belongings = belongings;
    this.queries = queries;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A copy.
   *
   * @param copyId the same when the same request comes again
   */
  public record Command(UUID copyId, UUID eventId, Instant startsAt, Instant endsAt) {}

  /**
   * Makes the copy as a draft.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code invalid-request}
   */
  @Transactional
  public EventView handle(Command command, Caller caller) {
    Event from = editing.lockForCancellation(command.eventId(), caller);
    Instant now = clock.instant();
    Event copy =
        Event.draft(
            command.copyId(),
            from.organizationId(),
            from.currency(),
            from.terms().at(command.startsAt(), command.endsAt()),
            now);
    if (events.insert(copy)) {
      Copying copying = new Copying(from.id(), copy.id(), copyTicketTypes(from, copy, now));
      belongings.forEach(belonging -> belonging.copy(copying));
      audit.record(
          "event.created",
          "event",
          copy.id().toString(),
          copy.organizationId(),
          Change.between(null, copy.terms()).with(Map.of("copyOf", from.id().toString())));
    }
    return queries.view(copy.id());
  }

  private Map<UUID, UUID> copyTicketTypes(Event from, Event copy, Instant now) {
    SaleWindowShift shift = SaleWindowShift.of(from.terms(), copy.terms().startsAt());
    Map<UUID, UUID> copies = new LinkedHashMap<>();
    ticketTypes
        .of(List.of(from.id()))
        .getOrDefault(from.id(), List.of())
        .forEach(ticketType -> {
          UUID id = Ids.next();
          ticketTypes.insert(TicketType.of(copy, id, shift.of(ticketType.terms()), now));
          copies.put(ticketType.id(), id);
        });
    return copies;
  }
}
