package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Arrays;
import java.util.Objects;
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
   * Requires one of these roles of a person or an API key; the owner has all of them.
   *
   * @param notFound the code for a person who is not a member, for example {@code
   *     invitation-not-found}
   * @return the role
   * @throws RuleViolation 404 with that code; 403 {@code role-missing} when the person has none of
   *     these roles
   */
  public OrganizationRole requireRole(
      Caller caller, UUID organizationId, ProblemCode notFound, OrganizationRole... anyOf) {
    if (caller.isApiKey()) {
      // Its role is in its token alone, and does not change while it counts.
      caller.requireRole(organizationId, notFound, anyOf);
      return Objects.requireNonNull(caller.roleIn(organizationId));
    }
    return requireRole(caller.accountId(), organizationId, notFound, anyOf);
  }

  /**
   * The same in the transaction that changes who belongs to the organization: such changes take
   * turns, and the role is the one that the person has when it is their turn.
   *
   * @param notFound the code for a person who is not a member
   * @return the person's role
   * @throws RuleViolation 404 with that code, or 403 {@code role-missing}
   */
  public OrganizationRole lockAndRequireRole(
      UUID accountId, UUID organizationId, ProblemCode notFound, OrganizationRole... anyOf) {
    organizations.lockAsMember(organizationId, accountId);
    return requireRole(accountId, organizationId, notFound, anyOf);
  }

  /**
   * The same of a person or an API key, whose organization whoever changes it locks.
   *
   * @param notFound the code for a person who is not a member
   * @return the role
   * @throws RuleViolation 404 with that code, or 403 {@code role-missing}
   */
  OrganizationRole lockAndRequireRole(
      Caller caller, UUID organizationId, ProblemCode notFound, OrganizationRole... anyOf) {
    return caller.isApiKey()
        ? requireRole(caller, organizationId, notFound, anyOf)
        : lockAndRequireRole(caller.accountId(), organizationId, notFound, anyOf);
  }

  private OrganizationRole requireRole(
      UUID accountId, UUID organizationId, ProblemCode notFound, OrganizationRole... anyOf) {
    OrganizationRole role =
        organizations.roleOf(organizationId, accountId).orElseThrow(notFound::violation);
    if (role != OrganizationRole.OWNER && !Arrays.asList(anyOf).contains(role)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    return role;
  }
}
