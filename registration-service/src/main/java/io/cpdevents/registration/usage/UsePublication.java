package io.cpdevents.registration.usage;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.organizations.OpenOrganizations;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An event that is published counts, and is not published when the plan allows no more. */
@Component
public class UsePublication {

  private final OpenOrganizations openOrganizations;
  private final Usage usage;

  UsePublication(OpenOrganizations openOrganizations, Usage usage) {
    this.openOrganizations = openOrganizations;
    this.usage = usage;
  }

  /**
   * Counts it, if the surrounding transaction commits. The limit of registrations is no more than
   * looked at: one that is confirmed at this moment stops nobody.
   *
   * @throws RuleViolation {@code plan-limit-reached}, or {@code wrong-state} while the organization
   *     is being closed
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId, Instant now) {
    openOrganizations.require(organizationId, now);
    UsagePeriod period = UsagePeriod.of(now);
    Limits limits = usage.limits(organizationId);
    Integer registrations = limits.registrations();
    if (registrations != null && usage.registrations(organizationId, period) >= registrations) {
      throw RegistrationProblem.PLAN_LIMIT_REACHED.violation(
          "The plan's %d registrations of this month are used.".formatted(registrations));
    }
    if (!usage.addPublication(organizationId, period, limits.publications())) {
      throw RegistrationProblem.PLAN_LIMIT_REACHED.violation(
          "The plan's %d publications of this month are used.".formatted(limits.publications()));
    }
  }
}
