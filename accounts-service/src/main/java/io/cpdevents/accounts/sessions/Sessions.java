package io.cpdevents.accounts.sessions;

import io.cpdevents.contracts.ContractsJson;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that changes sessions. */
@Component
class Sessions {

  /** A session that has just ended. */
  record Ended(UUID accountId, UUID sessionId) {}

  private final JdbcClient jdbc;

  Sessions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds the session, if the account still has the password that was checked.
   *
   * @return false when the password was changed or the account removed meanwhile
   */
  boolean add(Session session, byte[] tokenSha256, String checkedPasswordHash) {
    return jdbc.sql(
                """
                INSERT INTO session (id, account_id, token_sha256, device, ip_address,
                                     created_at, last_seen_at, expires_at)
                SELECT :id, a.id, :tokenSha256, :device, :ipAddress,
                       :createdAt, :lastSeenAt, :expiresAt
                  FROM account a
                 WHERE a.id = :accountId AND a.password_hash = :passwordHash
                   AND a.email_verified_at IS NOT NULL
                   FOR SHARE
                """)
            .param("id", session.id())
            .param("accountId", session.accountId())
            .param("tokenSha256", tokenSha256)
            .param("device", session.origin().device())
            .param("ipAddress", session.origin().ipAddress())
            .param("createdAt", Timestamp.from(session.createdAt()))
            .param("lastSeenAt", Timestamp.from(session.lastSeenAt()))
            .param("expiresAt", Timestamp.from(session.expiresAt()))
            .param("passwordHash", checkedPasswordHash)
            .update()
        == 1;
  }

  /** Ends a session of this account unless it is over already. */
  boolean end(UUID accountId, UUID sessionId, SessionEnd cause, Instant now) {
    return jdbc.sql(
                """
                UPDATE session SET ended_at = :now, end_cause = :cause
                 WHERE id = :sessionId AND account_id = :accountId AND ended_at IS NULL
                """)
            .param("sessionId", sessionId)
            .param("accountId", accountId)
            .param("cause", ContractsJson.kebabCase(cause))
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  boolean isOf(UUID accountId, UUID sessionId) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM session WHERE id = :sessionId AND account_id = :accountId)")
        .param("sessionId", sessionId)
        .param("accountId", accountId)
        .query(Boolean.class)
        .single();
  }

  /** Ends all sessions of this account but one. */
  List<Ended> endOthers(UUID accountId, UUID keptSessionId, SessionEnd cause, Instant now) {
    return jdbc.sql(
            """
            UPDATE session SET ended_at = :now, end_cause = :cause
             WHERE id IN (
                     SELECT id FROM session
                      WHERE account_id = :accountId AND id <> :keptSessionId AND ended_at IS NULL
                      ORDER BY id FOR UPDATE)
            RETURNING account_id, id
            """)
        .param("accountId", accountId)
        .param("keptSessionId", keptSessionId)
        .param("cause", ContractsJson.kebabCase(cause))
        .param("now", Timestamp.from(now))
        .query((row, index) -> new Ended(accountId, row.getObject("id", UUID.class)))
        .list();
  }

  /** Ends sessions that ran out. */
  List<Ended> endExpired(Instant now, int batchSize) {
    return jdbc.sql(
            """
            UPDATE session SET ended_at = :now, end_cause = :cause
             WHERE id IN (
                     SELECT id FROM session
                      WHERE ended_at IS NULL
                        AND (expires_at <= :now OR last_seen_at <= :idleSince)
                      LIMIT :batchSize FOR UPDATE SKIP LOCKED)
            RETURNING account_id, id
            """)
        .param("cause", ContractsJson.kebabCase(SessionEnd.EXPIRED))
        .param("now", Timestamp.from(now))
        .param("idleSince", Timestamp.from(now.minus(Session.MAX_IDLE)))
        .param("batchSize", batchSize)
        .query((row, index) ->
            new Ended(row.getObject("account_id", UUID.class), row.getObject("id", UUID.class)))
        .list();
  }

  int removeEndedBefore(Instant endedBefore, int batchSize) {
    return jdbc.sql(
            """
            DELETE FROM session
             WHERE id IN (
                     SELECT id FROM session WHERE ended_at < :endedBefore
                      LIMIT :batchSize FOR UPDATE SKIP LOCKED)
            """)
        .param("endedBefore", Timestamp.from(endedBefore))
        .param("batchSize", batchSize)
        .update();
  }
}
