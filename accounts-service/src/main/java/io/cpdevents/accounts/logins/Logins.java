package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.origin.DeviceToken;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that records attempts to log in. */
@Component
class Logins {

  private final JdbcClient jdbc;

  Logins(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Records an attempt, whatever its outcome; answers its id. */
  UUID record(Attempt attempt, LoginOutcome outcome, Instant now) {
    UUID id = Ids.next();
    // The account may have been removed since it was looked up; then the attempt has no account.
    jdbc.sql(
            """
            INSERT INTO login (id, account_id, purpose, method, outcome, session_id, device,
                               ip_address, network, area, device_sha256, attempted_at)
            VALUES (:id, (SELECT a.id FROM account a WHERE a.id = :accountId FOR KEY SHARE),
                    :purpose, :method, :outcome, :sessionId, :device, :ipAddress, :network,
                    :area, :deviceSha256, :attemptedAt)
            """)
        .param("id", id)
        .param("accountId", Parameters.uuid(attempt.accountId()))
        .param("purpose", Parameters.constant(attempt.purpose()))
        .param("method", Parameters.constant(attempt.method()))
        .param("outcome", Parameters.constant(outcome))
        .param(
            "sessionId",
            Parameters.uuid(outcome == LoginOutcome.SUCCEEDED ? attempt.sessionId() : null))
        .param("device", attempt.origin().device())
        .param("ipAddress", attempt.origin().ipAddress())
        .param("network", attempt.origin().network())
        .param("area", attempt.origin().area())
        .param(
            "deviceSha256",
            Parameters.bytes(outcome == LoginOutcome.SUCCEEDED ? digest(attempt.origin()) : null))
        .param("attemptedAt", Parameters.instant(now))
        .update();
    return id;
  }

  /**
   * Whether the person was there before, but has never logged in from this device, as far back as
   * attempts are recorded: from a browser with this cookie or, where none was sent, from such a
   * device in this neighbourhood.
   *
   * @param recordedSince who was there before that may have logged in, and nothing tells it any
   *     more
   */
  boolean isNewDevice(UUID accountId, RequestOrigin origin, Instant recordedSince) {
    return jdbc.sql(
            """
            SELECT count(*) FILTER (WHERE CASE WHEN :wasSent THEN device_sha256 = :deviceSha256
                                               ELSE device = :device AND area = :area END) = 0
                   AND (count(*) > 0
                        OR EXISTS (SELECT FROM account a
                                    WHERE a.id = :accountId
                                      AND a.email_verified_at < :recordedSince))
              FROM login
             WHERE account_id = :accountId AND outcome = 'succeeded' AND purpose = 'log-in'
            """)
        .param("accountId", accountId)
        .param("wasSent", wasSent(origin))
        .param("deviceSha256", Parameters.bytes(digest(origin)))
        .param("device", origin.device())
        .param("area", origin.area())
        .param("recordedSince", Parameters.instant(recordedSince))
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether somebody has got into the account from this network, or by this browser, as far back as
   * attempts are recorded; of those before the password was last reset, or the address taken back,
   * nothing is known any more: a thief may have been among them.
   *
   * @param accountId null for none, which is asked for all the same: it takes as long
   */
  boolean hasSucceededFrom(@Nullable UUID accountId, RequestOrigin origin) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                     SELECT FROM login
                      WHERE account_id = :accountId AND outcome = 'succeeded'
                        AND (network = :network OR (:wasSent AND device_sha256 = :deviceSha256))
                        AND purpose IN ('log-in', 'password-reset', 'email-revert')
                        AND attempted_at >= coalesce(
                            (SELECT max(attempted_at) FROM login
                              WHERE account_id = :accountId AND outcome = 'succeeded'
                                AND purpose IN ('password-reset', 'email-revert')), '-infinity'))
            """)
        .param("accountId", Parameters.uuid(accountId))
        .param("network", origin.network())
        .param("wasSent", wasSent(origin))
        .param("deviceSha256", Parameters.bytes(digest(origin)))
        .query(Boolean.class)
        .single();
  }

  private static byte @Nullable [] digest(RequestOrigin origin) {
    DeviceToken token = origin.token();
    return token == null ? null : token.sha256();
  }

  private static boolean wasSent(RequestOrigin origin) {
    DeviceToken token = origin.token();
    return token != null && token.wasSent();
  }

  int removeOld(Instant attemptedBefore, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM login
             WHERE id IN (
                     SELECT id FROM login WHERE attempted_at < :attemptedBefore
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("attemptedBefore", Parameters.instant(attemptedBefore))
        .param("batchRows", batchRows)
        .update();
  }
}
