package io.cpdevents.billing.payments;

import static io.cpdevents.platform.security.OrganizationRole.ADMIN;
import static io.cpdevents.platform.security.OrganizationRole.FINANCE;
import static io.cpdevents.platform.security.PlatformRole.PLATFORM_FINANCE;
import static io.cpdevents.platform.security.PlatformRole.PLATFORM_SUPPORT;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.UUID;

/**
 * Who reads about an organization's money: its admins and finance, and the platform's finance and
 * support.
 */
public final class MoneyReaders {

  private MoneyReaders() {}

  /** Whether the caller is one of them. */
  public static boolean include(Caller caller, UUID organizationId) {
    return isStaff(caller) || caller.hasRole(organizationId, ADMIN, FINANCE);
  }

  /**
   * Requires one of them.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}
   */
  public static void require(Caller caller, UUID organizationId) {
    require(caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND);
  }

  /**
   * Requires one of them, for something of the organization.
   *
   * @param notFound the code for who is not a member
   * @throws RuleViolation 404 with that code, 403 {@code role-missing}
   */
  public static void require(Caller caller, UUID organizationId, ProblemCode notFound) {
    if (!isStaff(caller)) {
      caller.requireRole(organizationId, notFound, ADMIN, FINANCE);
    }
  }

  private static boolean isStaff(Caller caller) {
    return caller.has(PLATFORM_FINANCE, PLATFORM_SUPPORT);
  }
}
