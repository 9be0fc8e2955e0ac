package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Lets one change at a time of who belongs to an organization happen. */
@Component
public class OrganizationLock {

  private final Organizations organizations;

  OrganizationLock(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * Takes the lock until the transaction ends.
   *
   * @throws RuleViolation 404 {@code organization-not-found}
   */
  public void take(UUID organizationId) {
    if (organizations.lock(organizationId).isEmpty()) {
      throw CommonProblem.ORGANIZATION_NOT_FOUND.violation();
    }
  }
}
