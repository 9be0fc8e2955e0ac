package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the session of a token, and the roles that its person has at this moment. */
@Component
public class LiveSessions {

  /** "Last seen" is only displayed, so it is written no more often than this. */
  private static final Duration MIN_LAST_SEEN_INTERVAL = Duration.ofMinutes(1);

  private static final String PAIR_SEPARATOR = "=";

  /**
   * A session that has not ended.
   *
   * @param platformRoles kebab-case
   * @param organizationRoles role by organization id
   */
  public record LiveSession(
      UUID sessionId,
      UUID accountId,
      List<String> platformRoles,
      Map<String, String> organizationRoles) {}

  private record Seen(LiveSession session, Instant lastSeenAt) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  LiveSessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The session, which counts as seen now; empty when there is none or it has ended. */
  public Optional<LiveSession> find(OpaqueToken token, RequestOrigin origin) {
    Instant now = clock.instant();
    Optional<Seen> found =
        jdbc.sql(
                """
                SELECT s.id, s.account_id, s.last_seen_at,
                       ARRAY(SELECT r.role FROM platform_role r
                              WHERE r.account_id = s.account_id ORDER BY r.role) AS platform_roles,
                       ARRAY(SELECT m.organization_id || '=' || m.role FROM organization_member m
                              WHERE m.account_id = s.account_id) AS organization_roles
                  FROM session s
                 WHERE s.token_sha256 = :tokenSha256 AND s.ended_at IS NULL
                   AND s.expires_at > :now AND s.last_seen_at > :idleSince
                """)
            .param("tokenSha256", token.sha256())
            .param("now", Parameters.instant(now))
            .param("idleSince", Parameters.instant(now.minus(Session.MAX_IDLE_TIME)))
            .query(LiveSessions::seen)
            .optional();
    found
        .filter(session -> session.lastSeenAt().isBefore(now.minus(MIN_LAST_SEEN_INTERVAL)))
        .ifPresent(session -> saveLastSeen(session.session().sessionId(), origin, now));
    return found.map(Seen::session);
  }

  private void saveLastSeen(UUID sessionId, RequestOrigin origin, Instant now) {
    jdbc.sql(
            """
            UPDATE session SET last_seen_at = :now, ip_address = :ipAddress
             WHERE id = :sessionId AND ended_at IS NULL AND last_seen_at < :now
            """)
        .param("sessionId", sessionId)
        .param("ipAddress", origin.ipAddress())
        .param("now", Parameters.instant(now))
        .update();
  }

  private static Seen seen(ResultSet row, int index) throws SQLException {
    return new Seen(
        new LiveSession(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "account_id"),
            texts(row.getArray("platform_roles")),
            texts(row.getArray("organization_roles")).stream()
                .map(pair -> pair.split(PAIR_SEPARATOR, 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]))),
        Columns.instant(row, "last_seen_at"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
