package io.cpdevents.accounts.limits;

import io.cpdevents.accounts.limits.LimitProperties.Allowance;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts attempts in fixed windows. The counters are rows, so a limit holds exactly over all
 * instances. Every statement commits by itself: an attempt counts even if what follows it fails.
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
   * Counts one attempt.
   *
   * @param subject who makes it, for example an address; only its SHA-256 is stored
   * @throws RuleViolation 429 {@code too-many-requests} with the time to wait, when none is left
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
                 WHERE l.window_ends_at <= :now OR l.used < :maxAttempts
                """)
            .param("limit", Parameters.constant(limit))
            .param("subject", Sha256.of(subject))
            .param("newEnd", Parameters.instant(now.plus(allowance.window())))
            .param("now", Parameters.instant(now))
            .param("maxAttempts", allowance.maxAttempts())
            .update();
    if (taken == 0) {
      throw refusal(limit, subject, now);
    }
  }

  /** Gives one attempt back, because it turned out to be legitimate. */
  public void giveBack(Limit limit, String subject) {
    jdbc.sql(
            """
            UPDATE request_limit SET used = used - 1
             WHERE limit_name = :limit AND subject_sha256 = :subject AND used > 0
            """)
        .param("limit", Parameters.constant(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  /** Forgets all attempts, because the person has shown who they are. */
  public void reset(Limit limit, String subject) {
    jdbc.sql("DELETE FROM request_limit WHERE limit_name = :limit AND subject_sha256 = :subject")
        .param("limit", Parameters.constant(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  /**
   * Removes one batch of counters whose window is over.
   *
   * @return how many were removed
   */
  public int removeExpired() {
    return jdbc.sql(
            """
            DELETE FROM request_limit
             WHERE (limit_name, subject_sha256) IN (
                     SELECT limit_name, subject_sha256 FROM request_limit
                      WHERE window_ends_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Parameters.instant(clock.instant()))
        .param("batchRows", BATCH_ROWS)
        .update();
  }

  private RuleViolation refusal(Limit limit, String subject, Instant now) {
    Duration wait =
        jdbc.sql(
                """
                SELECT window_ends_at FROM request_limit
                 WHERE limit_name = :limit AND subject_sha256 = :subject
                """)
            .param("limit", Parameters.constant(limit))
            .param("subject", Sha256.of(subject))
            .query((row, _) -> Columns.instant(row, "window_ends_at"))
            .optional()
            .map(end -> Duration.between(now, end))
            .filter(left -> left.compareTo(MIN_RETRY_AFTER) > 0)
            .orElse(MIN_RETRY_AFTER);
    return RuleViolation.tooManyRequests(
        "too-many-requests", "There were too many attempts; wait a while.", wait);
  }
}
