package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks a person's role in an organization. This service reads its own rows instead of the
 * caller's token, which may be up to a minute old, so that a founder can go on at once.
 */
@Component
public class Memberships {

  private final JdbcClient jdbc;

  Memberships(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Requires one of these roles; the owner has all of them.
   *
   * @throws RuleViolation 404 {@code organization-not-found} when the person is not a member; 403
   *     {@code role-missing} when the person has none of these roles
   */
  public void requireRole(UUID accountId, UUID organizationId, OrganizationRole... anyOf) {
    OrganizationRole role = roleOf(accountId, organizationId);
    if (role != OrganizationRole.OWNER && !Arrays.asList(anyOf).contains(role)) {
      throw RuleViolation.forbidden("role-missing");
    }
  }

  private OrganizationRole roleOf(UUID accountId, UUID organizationId) {
    return jdbc.sql(
            """
            SELECT role FROM organization_member
             WHERE organization_id = :organizationId AND account_id = :accountId
            """)
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .query(String.class)
        .optional()
        .map(role -> Columns.constant(OrganizationRole.class, role))
        .orElseThrow(() -> RuleViolation.notFound("organization-not-found"));
  }
}
