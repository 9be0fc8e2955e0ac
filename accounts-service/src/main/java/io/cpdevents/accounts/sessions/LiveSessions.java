package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

/** Finds the session that a token stands for, and what its person may do right now. */
@Component
public class LiveSessions {

  /** "Last seen" is written no more often than this: it is for people, not for proof. */
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  private static final String PAIR_SEPARATOR = "=";

  /**
   * A session that is not over.
   *
   * @param platformRoles kebab-case
   * @param organizationRoles role by organization id
   */
  public record LiveSession(
      UUID sessionId,
      UUID accountId,
      List<String> platformRoles,
      Map<String, String> organizationRoles) {}

  private record Found(LiveSession session, Instant lastSeenAt) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  LiveSessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The session; empty when there is none or it is over. It counts as seen. */
  public Optional<LiveSession> find(OpaqueToken token, RequestOrigin origin) {
    Instant now = clock.instant();
    Optional<Found> found =
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
            .param("now", Timestamp.from(now))
            .param("idleSince", Timestamp.from(now.minus(Session.MAX_IDLE)))
            .query(LiveSessions::found)
            .optional();
    found
        .filter(session -> session.lastSeenAt().isBefore(now.minus(SEEN_STEP)))
        .ifPresent(session -> see(session.session().sessionId(), origin, now));
    return found.map(Found::session);
  }

  private void see(UUID sessionId, RequestOrigin origin, Instant now) {
    jdbc.sql(
            """
            UPDATE session SET last_seen_at = :now, ip_address = :ipAddress
             WHERE id = :sessionId AND ended_at IS NULL AND last_seen_at < :now
            """)
        .param("sessionId", sessionId)
        .param("ipAddress", origin.ipAddress())
        .param("now", Timestamp.from(now))
        .update();
  }

  private static Found found(ResultSet row, int index) throws SQLException {
    return new Found(
        new LiveSession(
            row.getObject("id", UUID.class),
            row.getObject("account_id", UUID.class),
            texts(row.getArray("platform_roles")),
            texts(row.getArray("organization_roles")).stream()
                .map(pair -> pair.split(PAIR_SEPARATOR, 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]))),
        row.getTimestamp("last_seen_at").toInstant());
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
