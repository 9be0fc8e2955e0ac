package io.cpdevents.accounts.passkeys;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about challenges that were answered. Their times are the machine's. */
@Component
class UsedChallenges {

  private final JdbcClient jdbc;

  UsedChallenges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Uses it up; false when that was done before. */
  boolean add(byte[] challenge) {
    return jdbc.sql(
                """
                INSERT INTO used_challenge (challenge_sha256, expires_at)
                VALUES (:sha256, :expiresAt)
                ON CONFLICT DO NOTHING
                """)
            .param("sha256", Challenges.sha256(challenge))
            .param("expiresAt", Parameters.instant(Challenges.expiresAt(challenge)))
            .update()
        == 1;
  }

  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM used_challenge
             WHERE challenge_sha256 = ANY (ARRAY(
                     SELECT challenge_sha256 FROM used_challenge
                      WHERE expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
