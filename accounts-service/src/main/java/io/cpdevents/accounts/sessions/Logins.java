package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.Ids;
import java.sql.Timestamp;
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

  /**
   * Records an attempt: the only place that does, whatever the outcome.
   *
   * @param accountId null when the e-mail is unknown
   * @param sessionId of the session that a success opened
   */
  void record(
      @Nullable UUID accountId,
      LoginOutcome outcome,
      @Nullable UUID sessionId,
      RequestOrigin origin,
      Instant now) {
    // The account can be removed between the look-up and here: then nobody is left to be told.
    jdbc.sql(
            """
            INSERT INTO login (id, account_id, outcome, session_id, device, ip_address, attempted_at)
            VALUES (:id, (SELECT a.id FROM account a WHERE a.id = CAST(:accountId AS uuid) FOR KEY SHARE),
                    :outcome, CAST(:sessionId AS uuid), :device, :ipAddress, :attemptedAt)
            """)
        .param("id", Ids.next())
        .param("accountId", accountId)
        .param("outcome", ContractsJson.kebabCase(outcome))
        .param("sessionId", sessionId)
        .param("device", origin.device())
        .param("ipAddress", origin.ipAddress())
        .param("attemptedAt", Timestamp.from(now))
        .update();
  }

  int removeBefore(Instant attemptedBefore, int batchSize) {
    return jdbc.sql(
            """
            DELETE FROM login
             WHERE id IN (
                     SELECT id FROM login WHERE attempted_at < :attemptedBefore
                      LIMIT :batchSize FOR UPDATE SKIP LOCKED)
            """)
        .param("attemptedBefore", Timestamp.from(attemptedBefore))
        .param("batchSize", batchSize)
        .update();
  }
}
