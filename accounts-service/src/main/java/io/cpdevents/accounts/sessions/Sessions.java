package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about sessions, except the queries of {@link SessionQueries}, which only display them.
 */
@Component
class Sessions {

  /** A session that has just ended. */
  record Ended(UUID accountId, UUID sessionId) {}

  /**
   * What a new session is known by, and the password that it was opened with.
   *
   * @param checkedPasswordHash null when it was opened without a password
   */
  record Key(byte[] tokenSha256, @Nullable String checkedPasswordHash) {}

  private final JdbcClient jdbc;

  Sessions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds the session if the account still has the password that was checked, and is not disabled.
   * Where there is a second factor, only such a one is a proof for what is of consequence.
   *
   * @return the session, with an early end for somebody with a role on the platform; empty when the
   *     password was changed or the account was removed in the meantime
   */
  Optional<Session> add(Session session, Key key, Proof proof) {
    return jdbc.sql(
            """
            INSERT INTO session (id, account_id, token_sha256, device, ip_address,
                                 created_at, last_seen_at, proved_at, factor_proved_at,
                                 expires_at)
            SELECT :id, a.id, :tokenSha256, :device, :ipAddress, :createdAt, :lastSeenAt,
                   CASE WHEN :byFactor OR a.factors = 0 THEN CAST(:provedAt AS timestamptz) END,
                   CASE WHEN :byFactor THEN CAST(:provedAt AS timestamptz) END,
                   CASE WHEN EXISTS (SELECT FROM platform_role r WHERE r.account_id = a.id)
                        THEN :staffExpiresAt ELSE :expiresAt END
              FROM account a
             WHERE a.id = :accountId
               AND (a.password_hash = :passwordHash OR CAST(:passwordHash AS text) IS NULL)
               AND a.email_verified_at IS NOT NULL
               AND a.password_hash <> :disabledHash
               FOR SHARE
            RETURNING expires_at
            """)
        .param("id", session.id())
        .param("accountId", proof.accountId())
        .param("tokenSha256", key.tokenSha256())
        .param("provedAt", Parameters.instant(proof.provedAt()))
        .param("byFactor", proof.byFactor())
        .param("device", session.origin().device())
        .param("ipAddress", session.origin().ipAddress())
        .param("createdAt", Parameters.instant(session.createdAt()))
        .param("lastSeenAt", Parameters.instant(session.lastSeenAt()))
        .param("expiresAt", Parameters.instant(session.expiresAt()))
        .param(
            "staffExpiresAt",
            Parameters.instant(session.createdAt().plus(Session.MAX_STAFF_LIFETIME)))
        .param("passwordHash", Parameters.text(key.checkedPasswordHash()))
        .param("disabledHash", PasswordHashing.UNMATCHABLE_HASH)
        .query((row, _) -> session.expiringAt(Columns.instant(row, "expires_at")))
        .optional();
  }

  /**
   * Notes that the person has proved once more who they are, by the password.
   *
   * @return false when the session has ended, or the password was changed or a second factor added
   *     in the meantime
   */
  boolean prove(UUID sessionId, String checkedPasswordHash, Proof proof) {
    return jdbc.sql(
                """
                UPDATE session SET proved_at = :provedAt
                 WHERE id = :sessionId AND account_id = :accountId AND ended_at IS NULL
                   AND EXISTS (SELECT FROM account a
                                WHERE a.id = :accountId AND a.password_hash = :passwordHash
                                  AND a.factors = 0
                                  FOR SHARE)
                """)
            .param("sessionId", sessionId)
            .param("accountId", proof.accountId())
            .param("provedAt", Parameters.instant(proof.provedAt()))
            .param("passwordHash", checkedPasswordHash)
            .update()
        == 1;
  }

  /**
   * Notes that the person has proved a second factor.
   *
   * @return false when the session has ended
   */
  boolean proveFactor(UUID sessionId, Proof proof) {
    return jdbc.sql(
                """
                UPDATE session SET proved_at = :provedAt, factor_proved_at = :provedAt
                 WHERE id = :sessionId AND account_id = :accountId AND ended_at IS NULL
                """)
            .param("sessionId", sessionId)
            .param("accountId", proof.accountId())
            .param("provedAt", Parameters.instant(proof.provedAt()))
            .update()
        == 1;
  }

  /** What other sessions of the account proved by the password counts no more. */
  void forgetPasswordProofs(UUID accountId, UUID keptSessionId) {
    jdbc.sql(
            """
            UPDATE session SET proved_at = factor_proved_at
             WHERE id IN (
                     SELECT id FROM session
                      WHERE account_id = :accountId AND id <> :keptSessionId
                        AND ended_at IS NULL AND proved_at IS DISTINCT FROM factor_proved_at
                      ORDER BY id FOR UPDATE)
            """)
        .param("accountId", accountId)
        .param("keptSessionId", keptSessionId)
        .update();
  }

  /**
   * When the person has last proved in this session who they are, by a second factor if there is
   * one; empty when they have not, or the session has ended.
   */
  Optional<Instant> lastProof(UUID accountId, UUID sessionId) {
    return jdbc.sql(
            """
            SELECT CASE WHEN a.factors = 0 THEN s.proved_at ELSE s.factor_proved_at END AS proof
              FROM session s
              JOIN account a ON a.id = s.account_id
             WHERE s.id = :sessionId AND s.account_id = :accountId AND s.ended_at IS NULL
            """)
        .param("sessionId", sessionId)
        .param("accountId", accountId)
        .query((row, _) -> Optional.ofNullable(Columns.instantOrNull(row, "proof")))
        .optional()
        .flatMap(found -> found);
  }

  /** The account's live sessions end by then at the latest. */
  void shorten(UUID accountId, Instant end) {
    jdbc.sql(
            """
            UPDATE session SET expires_at = :end
             WHERE id IN (
                     SELECT id FROM session
                      WHERE account_id = :accountId AND ended_at IS NULL AND expires_at > :end
                      ORDER BY id FOR UPDATE)
            """)
        .param("accountId", accountId)
        .param("end", Parameters.instant(end))
        .update();
  }

  /** Ends the account's sessions beyond the number that may live, those least used first. */
  List<Ended> endBeyond(int maxSessions, UUID accountId, SessionEnd cause, Instant now) {
    return jdbc.sql(
            """
            UPDATE session SET ended_at = :now, end_cause = :cause
             WHERE ended_at IS NULL AND id IN (
                     SELECT id FROM session
                      WHERE account_id = :accountId AND ended_at IS NULL
                      ORDER BY last_seen_at DESC, id DESC
                     OFFSET :maxSessions FOR UPDATE)
            RETURNING id
            """)
        .param("accountId", accountId)
        .param("maxSessions", maxSessions)
        .param("cause", Parameters.constant(cause))
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Ended(accountId, Columns.uuid(row, "id")))
        .list();
  }

  /**
   * The session of a token, unless it has ended or expired.
   *
   * @param exemptEmails of whom no role asks for a second factor
   */
  Optional<LiveSession> findLive(byte[] tokenSha256, List<String> exemptEmails, Instant now) {
    return jdbc.sql(
            """
            SELECT s.id, s.account_id, s.last_seen_at, s.proved_at,
                   (s.factor_proved_at IS NULL OR a.factors = 0)
                     AND factor_is_required(s.account_id, CAST(:exemptEmails AS text[]))
                     AS lacks_factor,
                   ARRAY(SELECT r.role FROM platform_role r
                          WHERE r.account_id = s.account_id ORDER BY r.role) AS platform_roles,
                   ARRAY(SELECT m.organization_id || '=' || m.role FROM organization_member m
                          WHERE m.account_id = s.account_id) AS organization_roles,
                   EXISTS (SELECT FROM erasure e
                            WHERE e.account_id = s.account_id AND e.ended_at IS NULL) AS closing
              FROM session s
              JOIN account a ON a.id = s.account_id
             WHERE s.token_sha256 = :tokenSha256 AND s.ended_at IS NULL
               AND s.expires_at > :now AND s.last_seen_at > :idleSince
            """)
        .param("tokenSha256", tokenSha256)
        .param("exemptEmails", exemptEmails.toArray(String[]::new))
        .param("now", Parameters.instant(now))
        .param("idleSince", Parameters.instant(now.minus(Session.MAX_IDLE_TIME)))
        .query(Sessions::liveSession)
        .optional();
  }

  void saveLastSeen(UUID sessionId, String ipAddress, Instant now) {
    jdbc.sql(
            """
            UPDATE session SET last_seen_at = :now, ip_address = :ipAddress
             WHERE id = :sessionId AND ended_at IS NULL AND last_seen_at < :now
            """)
        .param("sessionId", sessionId)
        .param("ipAddress", ipAddress)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Ends a session of this account; false when it has ended already, or there is none. */
  boolean end(UUID accountId, UUID sessionId, SessionEnd cause, Instant now) {
    return jdbc.sql(
                """
                UPDATE session SET ended_at = :now, end_cause = :cause
                 WHERE id = :sessionId AND account_id = :accountId AND ended_at IS NULL
                """)
            .param("sessionId", sessionId)
            .param("accountId", accountId)
            .param("cause", Parameters.constant(cause))
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  boolean exists(UUID accountId, UUID sessionId) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM session WHERE id = :sessionId AND account_id = :accountId)")
        .param("sessionId", sessionId)
        .param("accountId", accountId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Ends all sessions of this account except one.
   *
   * @param keptSessionId null: none goes on
   */
  List<Ended> endOthers(
      UUID accountId, @Nullable UUID keptSessionId, SessionEnd cause, Instant now) {
    return jdbc.sql(
            """
            UPDATE session SET ended_at = :now, end_cause = :cause
             WHERE id IN (
                     SELECT id FROM session
                      WHERE account_id = :accountId AND id IS DISTINCT FROM :keptSessionId
                        AND ended_at IS NULL
                      ORDER BY id FOR UPDATE)
            RETURNING account_id, id
            """)
        .param("accountId", accountId)
        .param("keptSessionId", Parameters.uuid(keptSessionId))
        .param("cause", Parameters.constant(cause))
        .param("now", Parameters.instant(now))
        .query((row, _) -> new Ended(accountId, Columns.uuid(row, "id")))
        .list();
  }

  /** Ends one batch of sessions that have expired. */
  List<Ended> endExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            UPDATE session SET ended_at = :now, end_cause = :cause
             WHERE id IN (
                     SELECT id FROM session
                      WHERE ended_at IS NULL
                        AND (expires_at <= :now OR last_seen_at <= :idleSince)
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            RETURNING account_id, id
            """)
        .param("cause", Parameters.constant(SessionEnd.EXPIRED))
        .param("now", Parameters.instant(now))
        .param("idleSince", Parameters.instant(now.minus(Session.MAX_IDLE_TIME)))
        .param("batchRows", batchRows)
        .query((row, _) -> new Ended(Columns.uuid(row, "account_id"), Columns.uuid(row, "id")))
        .list();
  }

  int removeEnded(Instant endedBefore, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM session
             WHERE id IN (
                     SELECT id FROM session WHERE ended_at < :endedBefore
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("endedBefore", Parameters.instant(endedBefore))
        .param("batchRows", batchRows)
        .update();
  }

  private static LiveSession liveSession(ResultSet row, int index) throws SQLException {
    return new LiveSession(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "account_id"),
        texts(row.getArray("platform_roles")),
        texts(row.getArray("organization_roles")).stream()
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1])),
        row.getBoolean("closing"),
        Columns.instant(row, "last_seen_at"),
        Columns.instantOrNull(row, "proved_at"),
        row.getBoolean("lacks_factor"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
