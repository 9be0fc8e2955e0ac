package io.cpdevents.billing.finance;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about sums of the ledger that go on where they stopped. */
@Component
class LedgerSums {

  /**
   * Payments of which more goes back than was captured, of those that are known as such and those
   * of which something went back since the ledger was summed.
   */
  private static final String OVER_REFUNDED =
      """
      WITH suspicious AS (
          SELECT payment_id FROM over_refunded_payment
          UNION
          SELECT payment_id FROM journal
          WHERE refund_id IS NOT NULL
              AND posted_by >= (SELECT summed_until FROM ledger_sum_progress))
      SELECT id AS payment_id FROM suspicious JOIN payment ON id = payment_id
      WHERE captured_minor < (
          SELECT sum(amount_minor) FROM refund
          WHERE refund.payment_id = payment.id AND status <> 'cancelled'
              AND stripe_charge_id IS NULL)
      """;

  private final JdbcClient jdbc;

  LedgerSums(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps others from summing; answers when it was last summed from the first posting on, and
   * nothing when that must be done: never yet, or the database was restored and counts its
   * transactions anew.
   */
  Optional<Instant> lock() {
    return jdbc.sql(
            """
            SELECT CASE WHEN summed_until <= pg_snapshot_xmin(pg_current_snapshot())
                        THEN afresh_at END AS afresh_at
            FROM ledger_sum_progress FOR UPDATE
            """)
        .query((row, _) -> Optional.ofNullable(Columns.instantOrNull(row, "afresh_at")))
        .single();
  }

  /** Forgets all sums, so that everything is summed again. */
  void forget(Instant now) {
    jdbc.sql("DELETE FROM ledger_sum").update();
    jdbc.sql("UPDATE ledger_sum_progress SET summed_until = '0', afresh_at = :now")
        .param("now", Parameters.instant(now))
        .update();
  }

  /**
   * Sums on: what no transaction under way can add to any more. One statement, so that what it
   * takes as complete is what it sees.
   */
  void goOn() {
    jdbc.sql(
            """
            WITH complete AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS until),
            over_refunded AS (%s),
            gone AS (
                DELETE FROM over_refunded_payment
                WHERE payment_id NOT IN (SELECT payment_id FROM over_refunded)),
            found AS (
                INSERT INTO over_refunded_payment SELECT payment_id FROM over_refunded
                ON CONFLICT DO NOTHING),
            added AS (
                INSERT INTO ledger_sum (account, currency, amount_minor)
                SELECT account, currency, sum(amount_minor)
                FROM posting JOIN journal ON journal.id = journal_id
                WHERE posted_by >= (SELECT summed_until FROM ledger_sum_progress)
                    AND posted_by < (SELECT until FROM complete)
                GROUP BY account, currency
                ON CONFLICT (account, currency) DO UPDATE
                SET amount_minor = ledger_sum.amount_minor + excluded.amount_minor)
            UPDATE ledger_sum_progress SET summed_until = (SELECT until FROM complete)
            """
                .formatted(OVER_REFUNDED))
        .update();
  }

  /** How many payments give more back than was captured. */
  long overRefunded() {
    return jdbc.sql("SELECT count(*) FROM (%s) found".formatted(OVER_REFUNDED))
        .query(Long.class)
        .single();
  }
}
