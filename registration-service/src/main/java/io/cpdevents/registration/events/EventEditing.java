package io.cpdevents.registration.events;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * How every change of an event begins and ends: the event is locked for somebody who may change it,
 * and what became of it is saved, told and audited.
 */
@Component
class OrganizerDesk {

  private final Events events;
  private final TicketTypes ticketTypes;
  private final Outbox outbox;
  private final AuditTrail audit;

  OrganizerDesk(Events events, TicketTypes ticketTypes, Outbox outbox, AuditTrail audit) {
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.outbox = outbox;
    this.audit = audit;
  }

  /**
   * Locks an event for an owner or admin of its organization.
   *
   * @throws RuleViolation {@code event-not-found} or {@code role-missing}
   */
  Event open(UUID eventId, Caller caller) {
    return open(eventId, caller, "event-not-found");
  }

  /**
   * Locks the event of a ticket type for an owner or admin of its organization.
   *
   * @throws RuleViolation {@code ticket-type-not-found} or {@code role-missing}
   */
  Event openForTicketType(UUID ticketTypeId, Caller caller) {
    return ticketTypes
        .find(ticketTypeId)
        .map(ticketType -> open(ticketType.eventId(), caller, "ticket-type-not-found"))
        .orElseThrow(() -> RuleViolation.notFound("ticket-type-not-found"));
  }

  /**
   * Saves a locked event, and tells the others about it once it is published.
   *
   * @throws RuleViolation {@code capacity-below-taken}
   */
  void close(Event event, String action, String subjectType, UUID subjectId) {
    if (!events.update(event)) {
      throw RuleViolation.conflict(
          "capacity-below-taken", "More places are taken than the event would have.");
    }
    if (event.isPublished()) {
      EventTerms terms = event.terms();
      outbox.append(
          new EventChanged(
              event.id(),
              event.version(),
              event.organizationId(),
              terms.title(),
              terms.startsAt(),
              terms.endsAt(),
              terms.timeZone(),
              ContractsJson.kebabCase(event.status())));
    }
    audit.record(
        action,
        subjectType,
        subjectId.toString(),
        event.organizationId(),
        Map.of(
            "eventId", event.id().toString(),
            "version", Long.toString(event.version())));
  }

  /** Strangers are turned away before the lock: they cannot make buyers wait. */
  private Event open(UUID eventId, Caller caller, String notFoundCode) {
    Event seen =
        events
            .find(eventId)
            .map(Events.Counted::event)
            .orElseThrow(() -> RuleViolation.notFound(notFoundCode));
    caller.requireRole(seen.organizationId(), notFoundCode, OrganizationRole.ADMIN);
    return events.lock(eventId).orElseThrow();
  }
}
