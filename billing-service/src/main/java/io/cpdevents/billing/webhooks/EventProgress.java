package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about how far Stripe's list of events has been read. */
@Component
class EventProgress {

  /**
   * One pass over the list, from its newest event to its oldest.
   *
   * @param from the earliest creation time, inclusive
   * @param until the end of the creation times, exclusive
   * @param after the last event that is kept; null before the first page
   */
  record Pass(Instant from, Instant until, @Nullable String after) {}

  private final JdbcClient jdbc;

  EventProgress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The time before which every event is stored; empty before the first pass has ended. */
  Optional<Instant> keptUntil() {
    return jdbc.sql("SELECT kept_until FROM stripe_event_progress WHERE kept_until IS NOT NULL")
        .query((row, _) -> Columns.instant(row, "kept_until"))
        .optional();
  }

  /** The pass that was interrupted, if there is one. */
  Optional<Pass> underWay() {
    return jdbc.sql(
            """
            SELECT pass_from, pass_until, pass_after FROM stripe_event_progress
            WHERE pass_until IS NOT NULL
            """)
        .query((row, _) ->
            new Pass(
                Columns.instant(row, "pass_from"),
                Columns.instant(row, "pass_until"),
                row.getString("pass_after")))
        .optional();
  }

  /** Saves how far a pass has come. */
  void save(Pass pass) {
    jdbc.sql(
            """
            INSERT INTO stripe_event_progress (pass_from, pass_until, pass_after)
            VALUES (:from, :until, :after)
            ON CONFLICT (only_row) DO UPDATE
            SET pass_from = :from, pass_until = :until, pass_after = :after
            """)
        .param("from", Parameters.instant(pass.from()))
        .param("until", Parameters.instant(pass.until()))
        .param("after", Parameters.text(pass.after()))
        .update();
  }

  /** Saves that a pass has reached its end. */
  void finish(Pass pass) {
    jdbc.sql(
            """
            INSERT INTO stripe_event_progress (kept_until) VALUES (:until)
            ON CONFLICT (only_row) DO UPDATE
            SET kept_until = :until, pass_from = NULL, pass_until = NULL, pass_after = NULL
            """)
        .param("until", Parameters.instant(pass.until()))
        .update();
  }

  /** Forgets the pass that was interrupted; the next one starts where that one had started. */
  void giveUp() {
    jdbc.sql(
            """
            UPDATE stripe_event_progress
            SET pass_from = NULL, pass_until = NULL, pass_after = NULL
            """)
        .update();
  }
}
