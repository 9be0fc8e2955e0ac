package io.cpdevents.accounts.limits;

import io.cpdevents.accounts.limits.LimitProperties.Allowance;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.RuleViolation;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts attempts in rows, so that a limit holds exactly, however many instances and requests there
 * are. Every statement stands alone: an attempt counts even when what follows is rolled back.
 */
@Component
@Transactional(propagation = Propagation.NEVER)
public class RequestLimits {

  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);
  private static final int BATCH_ROWS = 500;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final LimitProperties properties;

  RequestLimits(JdbcClient jdbc, Clock clock, LimitProperties properties) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.properties = properties;
  }

  /**
   * Takes one attempt out of the allowance.
   *
   * @param subject whose attempt it is; only its SHA-256 is stored
   * @throws RuleViolation 429 {@code too-many-requests} with the time to wait
   */
  public void take(Limit limit, String subject) {
    Allowance allowance = properties.allowance(limit);
    Instant now = clock.instant();
    int taken =
        jdbc.sql(
                """
                INSERT INTO request_limit AS l (limit_name, subject_sha256, used, window_ends_at)
                VALUES (:limit, :subject, 1, :newEnd)
                ON CONFLICT (limit_name, subject_sha256) DO UPDATE
                   SET used = CASE WHEN l.window_ends_at <= :now THEN 1 ELSE l.used + 1 END,
                       window_ends_at =
                           CASE WHEN l.window_ends_at <= :now THEN :newEnd ELSE l.window_ends_at END
                 WHERE l.window_ends_at <= :now OR l.used < :most
                """)
            .param("limit", ContractsJson.kebabCase(limit))
            .param("subject", Sha256.of(subject))
            .param("newEnd", Timestamp.from(now.plus(allowance.window())))
            .param("now", Timestamp.from(now))
            .param("most", allowance.most())
            .update();
    if (taken == 0) {
      throw refusal(limit, subject, now);
    }
  }

  /** Puts one attempt back: it turned out to be harmless. */
  public void giveBack(Limit limit, String subject) {
    jdbc.sql(
            """
            UPDATE request_limit SET used = used - 1
             WHERE limit_name = :limit AND subject_sha256 = :subject AND used > 0
            """)
        .param("limit", ContractsJson.kebabCase(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  /** Forgets all attempts: the person has shown who they are. */
  public void reset(Limit limit, String subject) {
    jdbc.sql("DELETE FROM request_limit WHERE limit_name = :limit AND subject_sha256 = :subject")
        .param("limit", ContractsJson.kebabCase(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  /**
   * Removes one batch of rows whose window is over.
   *
   * @return how many were removed
   */
  public int removeOver() {
    return jdbc.sql(
            """
            DELETE FROM request_limit
             WHERE (limit_name, subject_sha256) IN (
                     SELECT limit_name, subject_sha256 FROM request_limit
                      WHERE window_ends_at <= :now
                      LIMIT :batchSize FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("batchSize", BATCH_ROWS)
        .update();
  }

  private RuleViolation refusal(Limit limit, String subject, Instant now) {
    Duration wait =
        jdbc.sql(
                """
                SELECT window_ends_at FROM request_limit
                 WHERE limit_name = :limit AND subject_sha256 = :subject
                """)
            .param("limit", ContractsJson.kebabCase(limit))
            .param("subject", Sha256.of(subject))
            .query((row, index) -> row.getTimestamp("window_ends_at").toInstant())
            .optional()
            .map(end -> Duration.between(now, end))
            .filter(left -> left.compareTo(MIN_RETRY_AFTER) > 0)
            .orElse(MIN_RETRY_AFTER);
    return RuleViolation.tooManyRequests(
        "too-many-requests", "Too many attempts; wait a while.", wait);
  }
}
