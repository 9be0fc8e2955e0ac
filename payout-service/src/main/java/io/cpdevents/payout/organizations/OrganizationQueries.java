package io.cpdevents.payout.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of organizations. */
@Component
public class OrganizationQueries {

  private final KnownOrganizations organizations;

  OrganizationQueries(KnownOrganizations organizations) {
    this.organizations = organizations;
  }

  /**
   * For those who have no role in it, and may name any id.
   *
   * @throws RuleViolation {@code organization-not-found}
   */
  public void requireKnown(UUID organizationId) {
    if (!organizations.has(organizationId)) {
      throw CommonProblem.ORGANIZATION_NOT_FOUND.violation();
    }
  }
}
