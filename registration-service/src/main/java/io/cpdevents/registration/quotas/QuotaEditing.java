package io.cpdevents.registration.quotas;

import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventsForQuotas;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What creating, changing and removing a quota have in common. */
@Component
class QuotaEditing {

  private final Quotas quotas;
  private final EventsForQuotas events;

  QuotaEditing(Quotas quotas, EventsForQuotas events) {
    this.quotas = quotas;
    this.events = events;
  }

  /**
   * The quota as it is now, with its event locked.
   *
   * @throws RuleViolation {@code quota-not-found}, {@code role-missing} or {@code event-cancelled}
   */
  Quota lock(UUID id, Caller caller) {
    Quota seen = quotas.find(id).orElseThrow(() -> RegistrationProblem.QUOTA_NOT_FOUND.violation());
    caller.requireRole(
        quotas.organizationOf(seen.eventId()).orElseThrow(),
        RegistrationProblem.QUOTA_NOT_FOUND,
        OrganizationRole.ADMIN);
    events.lock(seen.eventId(), caller);
    return quotas.find(id).orElseThrow(() -> RegistrationProblem.QUOTA_NOT_FOUND.violation());
  }

  /**
   * Saves a quota of a locked event.
   *
   * @param before null when it is new
   * @throws RuleViolation {@code quota-below-taken}, or {@code invalid-request} when the event has
   *     no such ticket type
   */
  void save(String action, @Nullable Quota before, Quota after) {
    QuotaTerms terms = after.terms();
    if (quotas.countTicketTypes(after.eventId(), terms.ticketTypeIds())
        < terms.ticketTypeIds().size()) {
      throw FieldProblem.NOT_FOUND.on("ticketTypeIds");
    }
    if (!quotas.save(after)) {
      throw RegistrationProblem.QUOTA_BELOW_TAKEN.violation();
    }
    events.save(
        after.eventId(),
        action,
        after.id(),
        Change.between(before == null ? null : before.terms(), terms));
  }
}
