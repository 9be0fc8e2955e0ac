package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How often somebody tried to log in as a person. */
@Component
public class LoginQueries {

  /**
   * One attempt.
   *
   * @param place the IP address
   * @param sessionId the session that it opened; null when it failed
   */
  public record LoginView(
      UUID id,
      LoginOutcome outcome,
      String device,
      String place,
      Instant attemptedAt,
      @Nullable UUID sessionId) {}

  private final JdbcClient jdbc;

  LoginQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The attempts on an account, newest first. */
  public Page<LoginView> of(UUID accountId, PageRequest page) {
    List<LoginView> logins =
        jdbc.sql(
                """
                SELECT id, outcome, device, ip_address, attempted_at, session_id
                  FROM login
                 WHERE account_id = :accountId
                   AND (CAST(:afterAt AS timestamptz) IS NULL
                        OR (attempted_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                 ORDER BY attempted_at DESC, id DESC
                 LIMIT :rows
                """)
            .param("accountId", accountId)
            .param("afterAt", page.after().map(Cursor::at).map(Timestamp::from).orElse(null))
            .param("afterId", page.after().map(Cursor::id).orElse(null))
            .param("rows", page.rowsToFetch())
            .query((row, index) ->
                new LoginView(
                    row.getObject("id", UUID.class),
                    outcome(row.getString("outcome")),
                    row.getString("device"),
                    row.getString("ip_address"),
                    row.getTimestamp("attempted_at").toInstant(),
                    row.getObject("session_id", UUID.class)))
            .list();
    return Page.of(logins, page, view -> new Cursor(view.attemptedAt(), view.id()));
  }

  private static LoginOutcome outcome(String stored) {
    return LoginOutcome.valueOf(stored.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
