package io.cpdevents.sandbox.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The steps that Stripe takes later by itself, planned in the transaction of their cause. */
@Component
public class PlannedSteps {
  /** Far less than a request waits for a lock. */
  private static final int MAX_LOCK_WAIT_MILLIS = 50;

  private final JdbcClient jdbc;
  private final Clock machine;

  public PlannedSteps(JdbcClient jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
  }

  /**
   * A step that has been planned.
   *
   * @param kind which {@link StepHandler} does it
   * @param subjectId the object it is about
   */
  public record Step(long id, String kind, String subjectId) {}

  /** Plans a step in the machine's time; if it is planned already, that plan stays. */
  public void planAfter(Duration delay, String kind, String subjectId) {
    plan(kind, subjectId, at(machine.instant().plus(delay)), null);
  }

  /** Plans a step in the sandbox's time; if it is planned already, that plan stays. */
  public void planAt(long epochSecond, String kind, String subjectId) {
    plan(kind, subjectId, null, epochSecond);
  }

  /**
   * A plan that stays is held until this transaction ends: performed before that, the step would
   * not see what this transaction has changed, and nobody would perform it again.
   */
  private void plan(
      String kind, String subjectId, @Nullable OffsetDateTime dueAt, @Nullable Long dueClock) {
    boolean planned = false;
    while (!planned) {
      planned = insert(kind, subjectId, dueAt, dueClock) || hold(kind, subjectId);
    }
  }

  private boolean insert(
      String kind, String subjectId, @Nullable OffsetDateTime dueAt, @Nullable Long dueClock) {
    return jdbc.sql(
                """
                INSERT INTO planned_step (kind, subject_id, due_at, due_clock)
                VALUES (:kind, :subject, :dueAt, :dueClock)
                ON CONFLICT (kind, subject_id) DO NOTHING
                """)
            .param("kind", kind)
            .param("subject", subjectId)
            .param("dueAt", dueAt, Types.TIMESTAMP_WITH_TIMEZONE)
            .param("dueClock", dueClock, Types.BIGINT)
            .update()
        == 1;
  }

  /**
   * Keeps others from performing or removing a plan until this transaction ends.
   *
   * @return false when it has been performed or removed meanwhile
   */
  private boolean hold(String kind, String subjectId) {
    return jdbc.sql(
            """
            SELECT id FROM planned_step WHERE kind = :kind AND subject_id = :subject FOR SHARE
            """)
        .param("kind", kind)
        .param("subject", subjectId)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /**
   * Removes a step from the plan, unless it is being performed at this moment: who performs it
   * waits for the lock of its subject, which the caller has, and sees afterwards that nothing is
   * left to do. Waiting for it here would be a deadlock.
   */
  public void cancel(String kind, String subjectId) {
    jdbc.sql(
            """
            DELETE FROM planned_step WHERE id IN (
                SELECT id FROM planned_step WHERE kind = :kind AND subject_id = :subject
                FOR UPDATE SKIP LOCKED)
            """)
        .param("kind", kind)
        .param("subject", subjectId)
        .update();
  }

  /** The next second in the sandbox's time at which something is due; empty when nothing is. */
  Optional<Long> nextAfter(long clockSecond) {
    return jdbc.sql(
            "SELECT due_clock FROM planned_step WHERE due_clock > :clock ORDER BY 1 LIMIT 1")
        .param("clock", clockSecond)
        .query(Long.class)
        .optional();
  }

  /** Removes the next due step from the plan; a rollback plans it again. */
  Optional<Step> takeDue(long clockSecond) {
    // A request may hold what the step needs, and wait for the step: the request goes first.
    jdbc.sql("SELECT set_config('lock_timeout', '%dms', true)".formatted(MAX_LOCK_WAIT_MILLIS))
        .query(String.class)
        .single();
    return jdbc.sql(
            """
            DELETE FROM planned_step WHERE id = (
                SELECT id FROM planned_step
                WHERE due_at <= :now OR due_clock <= :clock
                ORDER BY due_clock NULLS FIRST, due_at, id
                LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, subject_id
            """)
        .param("now", at(machine.instant()))
        .param("clock", clockSecond)
        .query(PlannedSteps::read)
        .optional();
  }

  /** Postpones a failed step, so that it does not block the others. */
  void postpone(long id, Duration delay) {
    jdbc.sql(
            """
            UPDATE planned_step SET failures = failures + 1, due_clock = NULL, due_at = :due
            WHERE id = :id
            """)
        .param("due", at(machine.instant().plus(delay)))
        .param("id", id)
        .update();
  }

  private static Step read(ResultSet row, int number) throws SQLException {
    return new Step(row.getLong("id"), row.getString("kind"), row.getString("subject_id"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
