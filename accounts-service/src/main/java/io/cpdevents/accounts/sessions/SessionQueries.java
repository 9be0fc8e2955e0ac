package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.RuleViolation;
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

/** Reads where a person is logged in. */
@Component
public class SessionQueries {

  private static final String LIVE =
      """
      SELECT id, account_id, device, ip_address, created_at, last_seen_at, expires_at
        FROM session
       WHERE account_id = :accountId AND ended_at IS NULL
         AND expires_at > :now AND last_seen_at > :idleSince
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  SessionQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The sessions of an account that have not ended, newest first. */
  public Page<SessionView> live(UUID accountId, UUID currentSessionId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("created_at", "id", request);
    List<SessionView> sessions =
        live(accountId, page.condition() + page.orderAndLimit())
            .params(page.parameters())
            .query(SessionQueries::session)
            .list()
            .stream()
            .map(session -> SessionView.of(session, session.id().equals(currentSessionId)))
            .toList();
    return Page.of(sessions, request, view -> new Cursor(view.createdAt(), view.id()));
  }

  /**
   * Looks whether there is such an account.
   *
   * @throws RuleViolation 404 {@code account-not-found}
   */
  public void requireAccount(UUID accountId) {
    boolean exists =
        jdbc.sql("SELECT EXISTS (SELECT FROM account WHERE id = :accountId)")
            .param("accountId", accountId)
            .query(Boolean.class)
            .single();
    if (!exists) {
      throw AccountsProblem.ACCOUNT_NOT_FOUND.violation();
    }
  }

  /**
   * A session of an account that has not ended.
   *
   * @throws RuleViolation 404 {@code session-not-found}
   */
  public SessionView one(UUID id, UUID accountId, UUID currentSessionId) {
    return live(accountId, " AND id = :id")
        .param("id", id)
        .query(SessionQueries::session)
        .optional()
        .map(session -> SessionView.of(session, id.equals(currentSessionId)))
        .orElseThrow(() -> AccountsProblem.SESSION_NOT_FOUND.violation());
  }

  private JdbcClient.StatementSpec live(UUID accountId, String which) {
    Instant now = clock.instant();
    return jdbc.sql(LIVE + which)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .param("idleSince", Parameters.instant(now.minus(Session.MAX_IDLE_TIME)));
  }

  private static Session session(ResultSet row, int index) throws SQLException {
    return new Session(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        new RequestOrigin(row.getString("ip_address"), row.getString("device")),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "last_seen_at"),
        Columns.instant(row, "expires_at"));
  }
}
