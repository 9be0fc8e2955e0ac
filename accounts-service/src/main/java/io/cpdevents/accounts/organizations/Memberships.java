package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who has which role in an organization. This service asks its own rows instead of the caller's
 * token, which may be up to a minute old: a founder can go on at once.
 */
@Component
public class Memberships {

  private final JdbcClient jdbc;

  Memberships(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Asks for one of these roles; the owner has all.
   *
   * @throws RuleViolation 404 {@code organization-not-found} when the person is not a member; 403
   *     {@code role-missing} when the role does not do
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
        .map(role -> OrganizationRole.valueOf(role.toUpperCase(Locale.ROOT)))
        .orElseThrow(() -> RuleViolation.notFound("organization-not-found"));
  }
}
