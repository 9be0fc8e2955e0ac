package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads organizations. */
@Component
public class OrganizationQueries {

  /**
   * An organization as a member sees it.
   *
   * @param version rises with each change of the organization
   * @param role the role of the member who asks
   */
  public record OrganizationView(
      UUID id,
      long version,
      @Schema(example = "Toronto Academy of Medicine") String name,
      OrganizationRole role,
      Instant createdAt)
      implements Versioned {}

  private final JdbcClient jdbc;

  OrganizationQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The organization.
   *
   * @throws RuleViolation 404 {@code organization-not-found} when the person is not a member
   */
  public OrganizationView of(UUID organizationId, UUID accountId) {
    return jdbc.sql(
            """
            SELECT o.id, o.version, o.name, m.role, o.created_at
              FROM organization o
              JOIN organization_member m ON m.organization_id = o.id AND m.account_id = :accountId
             WHERE o.id = :organizationId
            """)
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .query((row, _) ->
            new OrganizationView(
                Columns.uuid(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                Columns.constant(OrganizationRole.class, row, "role"),
                Columns.instant(row, "created_at")))
        .optional()
        .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
  }
}
