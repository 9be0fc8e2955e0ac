package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about how far each of Stripe's lists of balance transactions has been read. */
@Component
class BalanceProgress {

  /**
   * One pass over Stripe's balance transactions: from the overlap to the time at which it began.
   *
   * @param beganAt when it began: what is created later belongs to the next
   * @param reached everything before has been looked at
   * @param heldAt the creation of the oldest transaction that could not be settled
   */
  record Pass(Instant beganAt, Instant reached, @Nullable Instant heldAt) {

    /** The same pass, further on. */
    Pass reach(Instant next, @Nullable Instant failedAt) {
      return new Pass(beganAt, next, heldAt == null ? failedAt : heldAt);
    }

    boolean isOver() {
      return !reached.isBefore(beganAt);
    }

    /** Everything before has been handled once this pass is over. */
    Instant followedUntil() {
      return heldAt == null ? beganAt : heldAt;
    }
  }

  /** What is new on the platform's balance. */
  static final String PLATFORM = "platform";

  private final JdbcClient jdbc;

  BalanceProgress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until when a pass over a list has handled everything; empty before the first has ended. */
  Optional<Instant> followedUntil(String list) {
    return jdbc.sql(
            """
            SELECT followed_until FROM balance_progress
            WHERE list = :list AND followed_until IS NOT NULL
            """)
        .param("list", list)
        .query((row, _) -> Columns.instant(row, "followed_until"))
        .optional();
  }

  /** The pass that was interrupted, if there is one. */
  Optional<Pass> underWay(String list) {
    return jdbc.sql(
            """
            SELECT pass_began_at, pass_reached, pass_held_at FROM balance_progress
            WHERE list = :list AND pass_began_at IS NOT NULL
            """)
        .param("list", list)
        .query((row, _) ->
            new Pass(
                Columns.instant(row, "pass_began_at"),
                Columns.instant(row, "pass_reached"),
                Columns.instantOrNull(row, "pass_held_at")))
        .optional();
  }

  /** Saves how far a pass has come. */
  void save(String list, Pass pass) {
    jdbc.sql(
            """
            INSERT INTO balance_progress (list, pass_began_at, pass_reached, pass_held_at)
            VALUES (:list, :beganAt, :reached, :heldAt)
            ON CONFLICT (list) DO UPDATE
            SET pass_began_at = :beganAt, pass_reached = :reached, pass_held_at = :heldAt
            """)
        .param("list", list)
        .param("beganAt", Parameters.instant(pass.beganAt()))
        .param("reached", Parameters.instant(pass.reached()))
        .param("heldAt", Parameters.instant(pass.heldAt()))
        .update();
  }

  /** Saves that a pass has reached its end. */
  void finish(String list, Pass pass) {
    jdbc.sql(
            """
            INSERT INTO balance_progress (list, followed_until) VALUES (:list, :followedUntil)
            ON CONFLICT (list) DO UPDATE
            SET followed_until = :followedUntil,
                pass_began_at = NULL, pass_reached = NULL, pass_held_at = NULL
            """)
        .param("list", list)
        .param("followedUntil", Parameters.instant(pass.followedUntil()))
        .update();
  }
}
