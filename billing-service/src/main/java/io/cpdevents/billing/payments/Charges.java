package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about charges that took money. */
@Component
class Charges {

  /** A charge whose balance transaction has not been seen. */
  record Unsettled(String id, String paymentIntentId, int checks) {}

  private final JdbcClient jdbc;

  Charges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes a charge; false when it has been noted before. */
  boolean insert(
      String id,
      String paymentIntentId,
      @Nullable UUID paymentId,
      boolean quarantined,
      Money amount,
      Instant now,
      Instant nextCheckAt) {
    return jdbc.sql(
                """
                INSERT INTO stripe_charge (
                    id, stripe_payment_intent_id, payment_id, quarantined, currency, amount_minor,
                    recorded_at, next_check_at)
                VALUES (
                    :id, :paymentIntentId, :paymentId, :quarantined, :currency, :amount,
                    :now, :nextCheckAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", id)
            .param("paymentIntentId", paymentIntentId)
            .param("paymentId", Parameters.uuid(paymentId))
            .param("quarantined", quarantined)
            .param("currency", Parameters.currency(amount.currency()))
            .param("amount", amount.amountMinor())
            .param("now", Parameters.instant(now))
            .param("nextCheckAt", Parameters.instant(nextCheckAt))
            .update()
        == 1;
  }

  /** Notes the balance transaction; false when it was noted before. */
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

  /** Those that should be looked at, longest due first. */
  List<Unsettled> due(Instant now, int most) {
    return jdbc.sql(
            """
            SELECT id, stripe_payment_intent_id, checks FROM stripe_charge
            WHERE balance_transaction_id IS NULL AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :most
            """)
        .param("now", Parameters.instant(now))
        .param("most", most)
        .query((row, number) ->
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
