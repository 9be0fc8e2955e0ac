package io.cpdevents.registration.events;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The first and the last step of every change of an event: lock it for somebody who may change it;
 * save it, publish the fact and write the audit entry.
 */
@Component
class EventEditing {

  /**
   * What became of a ticket type.
   *
   * @param before null when it was added
   * @param after null when it was removed
   */
  record TicketTypeEdit(
      UUID id, @Nullable TicketTypeTerms before, @Nullable TicketTypeTerms after) {}

  /** What the audit entry is about. */
  private record Edited(String subjectType, UUID subjectId, Change change) {}

  private final Events events;
  private final TicketTypes ticketTypes;
  private final Outbox outbox;
  private final AuditTrail audit;

  EventEditing(Events events, TicketTypes ticketTypes, Outbox outbox, AuditTrail audit) {
    this.events = events;
    this.ticketTypes = ticketTypes;
    this.outbox = outbox;
    this.audit = audit;
  }

  /**
   * Locks an event that takes place for an owner or admin of its organization.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing} or {@code event-cancelled}
   */
  Event lock(UUID eventId, Caller caller) {
    Event event = lockForCancellation(eventId, caller);
    event.requireNotCancelled();
    return event;
  }

  /**
   * Locks an event for an owner or admin of its organization, also one that was cancelled.
   *
   * @throws RuleViolation {@code event-not-found} or {@code role-missing}
   */
  Event lockForCancellation(UUID eventId, Caller caller) {
    return lock(eventId, caller, RegistrationProblem.EVENT_NOT_FOUND);
  }

  /**
   * Locks the event of a ticket type for an owner or admin of its organization.
   *
   * @throws RuleViolation {@code ticket-type-not-found}, {@code role-missing} or {@code
   *     event-cancelled}
   */
  Event lockForTicketType(UUID ticketTypeId, Caller caller) {
    Event event =
        ticketTypes
            .find(ticketTypeId)
            .map(ticketType ->
                lock(ticketType.eventId(), caller, RegistrationProblem.TICKET_TYPE_NOT_FOUND))
            .orElseThrow(() -> RegistrationProblem.TICKET_TYPE_NOT_FOUND.violation());
    event.requireNotCancelled();
    return event;
  }

  /**
   * Saves a locked event that was changed itself.
   *
   * @param action for the audit entry
   * @throws RuleViolation {@code capacity-below-taken}
   */
  void save(Event event, String action) {
    Event before = events.find(event.id()).map(Events.Counted::event).orElseThrow();
    Change terms = Change.between(before.terms(), event.terms());
    Map<String, String> was = new HashMap<>(terms.before());
    Map<String, String> is = new HashMap<>(terms.after());
    if (before.status() != event.status()) {
      was.put("status", ContractsJson.kebabCase(before.status()));
      is.put("status", ContractsJson.kebabCase(event.status()));
    }
    save(event, action, new Edited("event", event.id(), new Change(was, is)));
  }

  /**
   * Saves a locked event of which a ticket type was added, changed or removed.
   *
   * @param action for the audit entry
   */
  void saveForTicketType(Event event, String action, TicketTypeEdit edit) {
    save(
        event,
        action,
        new Edited("ticket-type", edit.id(), Change.between(edit.before(), edit.after())));
  }

  /**
   * Saves a locked event of which a quota was added, changed or removed.
   *
   * @param action for the audit entry
   */
  void saveForQuota(Event event, String action, UUID quotaId, Change change) {
    save(event, action, new Edited("quota", quotaId, change));
  }

  /**
   * Saves a locked event of which something was changed that is kept elsewhere.
   *
   * @param action for the audit entry
   */
  void saveForBelongings(Event event, String action, Change change) {
    save(event, action, new Edited("event", event.id(), change));
  }

  private void save(Event event, String action, Edited edited) {
    if (!events.update(event)) {
      throw RegistrationProblem.CAPACITY_BELOW_TAKEN.violation();
    }
    if (event.isPublic()) {
      outbox.append(changed(event));
    }
    audit.record(
        action,
        edited.subjectType(),
        edited.subjectId().toString(),
        event.organizationId(),
        edited
            .change()
            .with(
                Map.of(
                    "eventId", event.id().toString(),
                    "version", Long.toString(event.version()))));
  }

  private static EventChanged changed(Event event) {
    EventTerms terms = event.terms();
    return new EventChanged(
        event.id(),
        event.version(),
        event.organizationId(),
        terms.title(),
        terms.startsAt(),
        terms.endsAt(),
        terms.timeZone(),
        ContractsJson.kebabCase(event.status()),
        event.latestEndsAt(),
        ContractsJson.kebabCase(terms.mode()));
  }

  /** Checks the role before it locks: buyers must not wait for somebody who may not do this. */
  private Event lock(UUID eventId, Caller caller, ProblemCode notFound) {
    Event seen = events.find(eventId).map(Events.Counted::event).orElseThrow(notFound::violation);
    caller.requireRole(seen.organizationId(), notFound, OrganizationRole.ADMIN);
    return events.lock(eventId).orElseThrow();
  }
}
