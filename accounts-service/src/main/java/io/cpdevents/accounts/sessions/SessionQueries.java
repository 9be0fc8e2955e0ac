package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a person is logged in. */
@Component
public class SessionQueries {

  private final JdbcClient jdbc;
  private final Clock clock;

  SessionQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The sessions of an account that are not over, newest first. */
  public Page<SessionView> live(UUID accountId, UUID currentSessionId, PageRequest page) {
    Instant now = clock.instant();
    List<SessionView> sessions =
        jdbc
            .sql(
                """
                SELECT id, account_id, device, ip_address, created_at, last_seen_at, expires_at
                  FROM session
                 WHERE account_id = :accountId AND ended_at IS NULL
                   AND expires_at > :now AND last_seen_at > :idleSince
                   AND (CAST(:afterAt AS timestamptz) IS NULL
                        OR (created_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                 ORDER BY created_at DESC, id DESC
                 LIMIT :rows
                """)
            .param("accountId", accountId)
            .param("now", Timestamp.from(now))
            .param("idleSince", Timestamp.from(now.minus(Session.MAX_IDLE)))
            .param("afterAt", page.after().map(Cursor::at).map(Timestamp::from).orElse(null))
            .param("afterId", page.after().map(Cursor::id).orElse(null))
            .param("rows", page.rowsToFetch())
            .query(SessionQueries::session)
            .list()
            .stream()
            .map(session -> SessionView.of(session, session.id().equals(currentSessionId)))
            .toList();
    return Page.of(sessions, page, view -> new Cursor(view.createdAt(), view.id()));
  }

  private static Session session(ResultSet row, int index) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        row.getObject("account_id", UUID.class),
        new RequestOrigin(row.getString("ip_address"), row.getString("device")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("last_seen_at").toInstant(),
        row.getTimestamp("expires_at").toInstant());
  }
}
