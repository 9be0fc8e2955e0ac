package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.platform.web.Versioned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the members of organizations. */
@Component
public class MemberQueries {

  /**
   * A person who belongs to an organization.
   *
   * @param version rises with each change of the role
   */
  public record MemberView(
      UUID accountId,
      long version,
      String name,
      String email,
      OrganizationRole role,
      Instant joinedAt)
      implements Versioned {}

  private static final String SELECT =
      """
      SELECT a.id, m.version, a.name, a.email, m.role, m.joined_at
        FROM organization_member m
        JOIN account a ON a.id = m.account_id
       WHERE m.organization_id = :organizationId
      """;

  private final JdbcClient jdbc;

  MemberQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The members, in the order in which they joined. */
  public Page<MemberView> of(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.ascending("m.joined_at", "a.id", request);
    List<MemberView> members =
        jdbc.sql(SELECT + page.condition() + page.orderAndLimit())
            .param("organizationId", organizationId)
            .params(page.parameters())
            .query(MemberQueries::member)
            .list();
    return Page.of(members, request, view -> new Cursor(view.joinedAt(), view.accountId()));
  }

  /**
   * One of the members.
   *
   * @throws RuleViolation 404 {@code member-not-found}
   */
  public MemberView one(UUID organizationId, UUID accountId) {
    return jdbc.sql(SELECT + " AND m.account_id = :accountId")
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .query(MemberQueries::member)
        .optional()
        .orElseThrow(() -> AccountsProblem.MEMBER_NOT_FOUND.violation());
  }

  private static MemberView member(ResultSet row, int index) throws SQLException {
    return new MemberView(
        Columns.uuid(row, "id"),
        row.getLong("version"),
        row.getString("name"),
        row.getString("email"),
        Columns.constant(OrganizationRole.class, row, "role"),
        Columns.instant(row, "joined_at"));
  }
}
