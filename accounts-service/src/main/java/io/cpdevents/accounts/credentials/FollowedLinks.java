package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about links that were followed a short while ago. Who did so and got no answer sends the
 * request again: it is answered as the first time, and changes nothing.
 */
@Component
class FollowedLinks {

  static final Duration SAME_ANSWER_TIME = Duration.ofMinutes(10);

  private final JdbcClient jdbc;

  FollowedLinks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the transaction that uses the link up. */
  void add(LoginPurpose purpose, byte[] tokenSha256, UUID accountId, Instant now) {
    jdbc.sql(
            """
            INSERT INTO followed_link (token_sha256, purpose, account_id, followed_at)
            VALUES (:tokenSha256, :purpose, :accountId, :now)
            """)
        .param("purpose", Parameters.constant(purpose))
        .param("tokenSha256", tokenSha256)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Whose link it was; empty when it was not followed, for something else, or longer ago. */
  Optional<UUID> accountOf(LoginPurpose purpose, byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            """
            SELECT account_id FROM followed_link
             WHERE token_sha256 = :tokenSha256 AND purpose = :purpose AND followed_at > :since
            """)
        .param("purpose", Parameters.constant(purpose))
        .param("tokenSha256", tokenSha256)
        .param("since", Parameters.instant(now.minus(SAME_ANSWER_TIME)))
        .query((row, _) -> Columns.uuid(row, "account_id"))
        .optional();
  }

  /** Removes one batch of those that are no longer answered; returns how many. */
  int removeOld(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM followed_link
             WHERE token_sha256 = ANY (ARRAY(
                     SELECT token_sha256 FROM followed_link
                      WHERE followed_at <= :since
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("since", Parameters.instant(now.minus(SAME_ANSWER_TIME)))
        .param("batchRows", batchRows)
        .update();
  }
}
