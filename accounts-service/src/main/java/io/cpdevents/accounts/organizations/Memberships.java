package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Checks a person's role in an organization. This service reads its own rows instead of the
 * caller's token, which may be up to a minute old, so that somebody who has just created an
 * organization can use it at once.
 */
@Component
public class Memberships {

  private final Organizations organizations;

  Memberships(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * Requires one of these roles; the owner has all of them.
   *
   * @throws RuleViolation 404 {@code organization-not-found} when the person is not a member; 403
   *     {@code role-missing} when the person has none of these roles
   */
  public void requireRole(UUID accountId, UUID organizationId, OrganizationRole... anyOf) {
    OrganizationRole role =
        organizations
            .roleOf(organizationId, accountId)
            .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
    if (role != OrganizationRole.OWNER && !Arrays.asList(anyOf).contains(role)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
  }
}
