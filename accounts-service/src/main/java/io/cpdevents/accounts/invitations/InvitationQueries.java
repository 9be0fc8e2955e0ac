package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the invitations that may still be accepted. */
@Component
public class InvitationQueries {

  /**
   * An invitation that may still be accepted.
   *
   * @param invitedBy the account of whoever has invited
   */
  public record InvitationView(
      UUID id,
      UUID organizationId,
      String email,
      OrganizationRole role,
      UUID invitedBy,
      Instant invitedAt,
      Instant expiresAt) {}

  private static final String SELECT =
      """
      SELECT id, organization_id, email, role, invited_by, invited_at, expires_at FROM invitation
      """;
  private static final String OPEN = SELECT + " WHERE accepted_at IS NULL AND expires_at > :now";

  private final JdbcClient jdbc;
  private final Clock clock;

  InvitationQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The open ones of an organization, latest first. */
  public Page<InvitationView> of(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("invited_at", "id", request);
    List<InvitationView> open =
        open(" AND organization_id = :organizationId" + page.condition() + page.orderAndLimit())
            .param("organizationId", organizationId)
            .params(page.parameters())
            .query(InvitationQueries::view)
            .list();
    return Page.of(open, request, view -> new Cursor(view.invitedAt(), view.id()));
  }

  /**
   * One of the open ones.
   *
   * @throws RuleViolation 404 {@code invitation-not-found}
   */
  public InvitationView one(UUID id) {
    return open(" AND id = :id")
        .param("id", id)
        .query(InvitationQueries::view)
        .optional()
        .orElseThrow(() -> AccountsProblem.INVITATION_NOT_FOUND.violation());
  }

  /**
   * One that was just made, or by an earlier try of the same request; it may be accepted by now.
   */
  InvitationView made(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id")
        .param("id", id)
        .query(InvitationQueries::view)
        .single();
  }

  private JdbcClient.StatementSpec open(String which) {
    return jdbc.sql(OPEN + which).param("now", Parameters.instant(clock.instant()));
  }

  private static InvitationView view(ResultSet row, int index) throws SQLException {
    return new InvitationView(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("email"),
        Columns.constant(OrganizationRole.class, row, "role"),
        Columns.uuid(row, "invited_by"),
        Columns.instant(row, "invited_at"),
        Columns.instant(row, "expires_at"));
  }
}
