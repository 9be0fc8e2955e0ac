package io.cpdevents.billing.charges;

import io.cpdevents.platform.sql.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about charges that took money. */
@Component
class Charges {

  /**
   * A charge whose balance transaction has not been seen.
   *
   * @param checks how often Stripe has been asked about it
   */
  record Unsettled(String id, String paymentIntentId, int checks) {}

  private final JdbcClient jdbc;

  Charges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records a charge; false when it was recorded before.
   *
   * @param firstCheckAfter when Stripe is asked about it, unless it is settled by then
   */
  boolean insert(Charge charge, Duration firstCheckAfter) {
    return jdbc.sql(
                """
                INSERT INTO stripe_charge (
                    id, stripe_payment_intent_id, payment_id, quarantined, currency, amount_minor,
                    recorded_at, next_check_at)
                VALUES (
                    :id, :paymentIntentId, :paymentId, :quarantined, :currency, :amount,
                    :recordedAt, :nextCheckAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", charge.id())
            .param("paymentIntentId", charge.paymentIntentId())
            .param("paymentId", Parameters.uuid(charge.paymentId()))
            .param("quarantined", charge.quarantined())
            .param("currency", Parameters.currency(charge.amount().currency()))
            .param("amount", charge.amount().amountMinor())
            .param("recordedAt", Parameters.instant(charge.recordedAt()))
            .param("nextCheckAt", Parameters.instant(charge.recordedAt().plus(firstCheckAfter)))
            .update()
        == 1;
  }

  /** Records the balance transaction of a charge; false when it was recorded before. */
  boolean settle(String id, String balanceTransactionId) {
    return jdbc.sql(
                """
                UPDATE stripe_charge SET balance_transaction_id = :balanceTransactionId
                WHERE id = :id AND balance_transaction_id IS NULL
                """)
            .param("id", id)
            .param("balanceTransactionId", balanceTransactionId)
            .update()
        == 1;
  }

  /** Those that Stripe should be asked about, longest due first. */
  List<Unsettled> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT id, stripe_payment_intent_id, checks FROM stripe_charge
            WHERE balance_transaction_id IS NULL AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Unsettled(
                row.getString("id"),
                row.getString("stripe_payment_intent_id"),
                row.getInt("checks")))
        .list();
  }

  void checkAgain(String id, Instant nextCheckAt) {
    jdbc.sql("UPDATE stripe_charge SET checks = checks + 1, next_check_at = :at WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }
}
