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
   * @param role the role of whoever asks
   * @param factorRequired whether its owners, admins and finance need a second factor
   */
  public record OrganizationView(
      UUID id,
      long version,
      @Schema(example = "Toronto Academy of Medicine") String name,
      OrganizationRole role,
      boolean factorRequired,
      Instant createdAt)
      implements Versioned {}

  private final JdbcClient jdbc;

  OrganizationQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The organization.
   *
   * @param role the role of whoever asks
   * @throws RuleViolation 404 {@code organization-not-found}
   */
  public OrganizationView of(UUID organizationId, OrganizationRole role) {
    return jdbc.sql(
            """
            SELECT id, version, name, factor_required, created_at FROM organization WHERE id = :id
            """)
        .param("id", organizationId)
        .query((row, _) ->
            new OrganizationView(
                Columns.uuid(row, "id"),
                row.getLong("version"),
                row.getString("name"),
                role,
                row.getBoolean("factor_required"),
                Columns.instant(row, "created_at")))
        .optional()
        .orElseThrow(() -> CommonProblem.ORGANIZATION_NOT_FOUND.violation());
  }
}
