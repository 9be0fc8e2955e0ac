package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a person's own profile: who they are, their roles and their organizations. */
@Component
public class ProfileQueries {

  /** A person's own view of themselves. */
  public record Profile(
      UUID accountId,
      long version,
      String email,
      String name,
      @Nullable String locale,
      @Nullable String timeZone,
      boolean emailVerified,
      List<PlatformRole> platformRoles,
      List<Membership> organizations)
      implements Versioned {}

  /** One organization that the person belongs to. */
  public record Membership(
      UUID organizationId,
      @Schema(example = "Toronto Academy of Medicine") String name,
      OrganizationRole role) {}

  private final JdbcClient jdbc;

  ProfileQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The profile.
   *
   * @throws RuleViolation 404 {@code account-not-found}
   */
  public Profile of(UUID accountId) {
    List<Membership> organizations =
        jdbc.sql(
                """
                SELECT o.id, o.name, m.role
                  FROM organization_member m
                  JOIN organization o ON o.id = m.organization_id
                 WHERE m.account_id = :accountId
                 ORDER BY o.name, o.id
                """)
            .param("accountId", accountId)
            .query((row, _) ->
                new Membership(
                    Columns.uuid(row, "id"),
                    row.getString("name"),
                    Columns.constant(OrganizationRole.class, row, "role")))
            .list();
    List<PlatformRole> platformRoles =
        jdbc.sql("SELECT role FROM platform_role WHERE account_id = :accountId ORDER BY role")
            .param("accountId", accountId)
            .query((row, _) -> Columns.constant(PlatformRole.class, row, "role"))
            .list();
    return jdbc.sql(
            """
            SELECT id, version, email, name, locale, time_zone, email_verified_at IS NOT NULL AS verified
              FROM account
             WHERE id = :accountId
            """)
        .param("accountId", accountId)
        .query((row, _) ->
            new Profile(
                Columns.uuid(row, "id"),
                row.getLong("version"),
                row.getString("email"),
                row.getString("name"),
                row.getString("locale"),
                row.getString("time_zone"),
                row.getBoolean("verified"),
                platformRoles,
                organizations))
        .optional()
        .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
  }
}
