package io.cpdevents.registration.quotas;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.registration.RegistrationProblem;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What members of an organization can read about quotas. */
@Component
public class QuotaQueries {

  private static final OrganizationRole[] READERS = {
    OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF
  };

  private final Quotas quotas;

  QuotaQueries(Quotas quotas) {
    this.quotas = quotas;
  }

  /**
   * All quotas of an event.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public Page<QuotaView> ofEvent(UUID eventId, Caller caller) {
    UUID organizationId =
        quotas
            .organizationOf(eventId)
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    caller.requireRole(organizationId, RegistrationProblem.EVENT_NOT_FOUND, READERS);
    return Page.whole(quotas.ofEvent(eventId).stream().map(QuotaView::of).toList());
  }

  /**
   * A quota.
   *
   * @throws RuleViolation {@code quota-not-found}
   */
  public QuotaView get(UUID id, Caller caller) {
    Quota found =
        quotas.find(id).orElseThrow(() -> RegistrationProblem.QUOTA_NOT_FOUND.violation());
    caller.requireRole(
        quotas.organizationOf(found.eventId()).orElseThrow(),
        RegistrationProblem.QUOTA_NOT_FOUND,
        READERS);
    return QuotaView.of(found);
  }
}
