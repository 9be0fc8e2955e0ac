package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads organizations and their members. */
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

  /** A person who belongs to an organization. */
  public record MemberView(
      UUID accountId, String name, String email, OrganizationRole role, Instant joinedAt) {}

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

  /** The members, in the order in which they joined. */
  public Page<MemberView> members(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.ascending("m.joined_at", "a.id", request);
    List<MemberView> members =
        jdbc.sql(
                """
                SELECT a.id, a.name, a.email, m.role, m.joined_at
                  FROM organization_member m
                  JOIN account a ON a.id = m.account_id
                 WHERE m.organization_id = :organizationId
                """
                    + page.condition()
                    + page.orderAndLimit())
            .param("organizationId", organizationId)
            .params(page.parameters())
            .query((row, _) ->
                new MemberView(
                    Columns.uuid(row, "id"),
                    row.getString("name"),
                    row.getString("email"),
                    Columns.constant(OrganizationRole.class, row, "role"),
                    Columns.instant(row, "joined_at")))
            .list();
    return Page.of(members, request, view -> new Cursor(view.joinedAt(), view.accountId()));
  }
}
