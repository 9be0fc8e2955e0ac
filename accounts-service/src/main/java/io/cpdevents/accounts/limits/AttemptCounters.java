package io.cpdevents.accounts.limits;

import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All SQL about the counters of attempts. Every statement commits by itself, so that an attempt
 * counts even if what follows it fails. Only the SHA-256 of a subject is stored.
 */
@Component
@Transactional(propagation = Propagation.NEVER)
class AttemptCounters {

  private final JdbcClient jdbc;

  AttemptCounters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts an attempt, in a new window if the last one is over; false when none is left. */
  boolean increment(
      Limit limit, String subject, int maxAttempts, Instant now, Instant newWindowEndsAt) {
    return jdbc.sql(
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
            .param("newEnd", Parameters.instant(newWindowEndsAt))
            .param("now", Parameters.instant(now))
            .param("maxAttempts", maxAttempts)
            .update()
        == 1;
  }

  void decrement(Limit limit, String subject) {
    jdbc.sql(
            """
            UPDATE request_limit SET used = used - 1
             WHERE limit_name = :limit AND subject_sha256 = :subject AND used > 0
            """)
        .param("limit", Parameters.constant(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  void remove(Limit limit, String subject) {
    jdbc.sql("DELETE FROM request_limit WHERE limit_name = :limit AND subject_sha256 = :subject")
        .param("limit", Parameters.constant(limit))
        .param("subject", Sha256.of(subject))
        .update();
  }

  Optional<Instant> windowEndsAt(Limit limit, String subject) {
    return jdbc.sql(
            """
            SELECT window_ends_at FROM request_limit
             WHERE limit_name = :limit AND subject_sha256 = :subject
            """)
        .param("limit", Parameters.constant(limit))
        .param("subject", Sha256.of(subject))
        .query((row, _) -> Columns.instant(row, "window_ends_at"))
        .optional();
  }

  /** Removes one batch of counters whose window is over; returns how many. */
  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM request_limit
             WHERE (limit_name, subject_sha256) IN (
                     SELECT limit_name, subject_sha256 FROM request_limit
                      WHERE window_ends_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
