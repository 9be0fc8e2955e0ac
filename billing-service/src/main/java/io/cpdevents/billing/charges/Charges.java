package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  /**
   * A charge that no payment wanted.
   *
   * @param paymentId the payment that it was made for; null when it is none of ours
   */
  record QuarantinedRow(
      String id,
      String paymentIntentId,
      @Nullable UUID paymentId,
      BreakKind objection,
      Money amount,
      Money returned,
      Money disputed,
      boolean isTakenInOtherCurrency,
      boolean isDisputed) {

    /**
     * What stands in suspense and nobody takes back, also when a dispute has taken money in another
     * currency.
     */
    Money left() {
      return amount.minus(returned).minus(disputed);
    }
  }

  /**
   * What a dispute has taken of a charge.
   *
   * @param minor in the charge's currency
   */
  record Taken(long minor, boolean inOtherCurrency) {}

  private static final String DISPUTED =
      """
      (SELECT coalesce(sum(taken_minor), 0) FROM charge_dispute
       WHERE stripe_charge_id = stripe_charge.id)
      """;

  private static final String TAKEN_IN_OTHER_CURRENCY =
      """
      EXISTS (
          SELECT FROM charge_dispute
          WHERE stripe_charge_id = stripe_charge.id AND in_other_currency)
      """;

  private static final String QUARANTINED =
      """
      SELECT id, stripe_payment_intent_id, payment_id, objection, currency, amount_minor,
             returned_minor, %s AS disputed_minor, %s AS in_other_currency,
             EXISTS (
                 SELECT FROM charge_dispute
                 WHERE stripe_charge_id = stripe_charge.id AND undecided) AS is_disputed
      FROM stripe_charge WHERE objection IS NOT NULL
      """
          .formatted(DISPUTED, TAKEN_IN_OTHER_CURRENCY);

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
                    id, stripe_payment_intent_id, payment_id, stripe_invoice_id, objection, currency,
                    amount_minor, recorded_at, next_check_at)
                VALUES (
                    :id, :paymentIntentId, :paymentId, :invoiceId, :objection, :currency, :amount,
                    :recordedAt, :nextCheckAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", charge.id())
            .param("paymentIntentId", charge.paymentIntentId())
            .param("paymentId", Parameters.uuid(charge.paymentId()))
            .param("invoiceId", Parameters.text(charge.invoiceId()))
            .param("objection", Parameters.constant(charge.objection()))
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

  /** Whether a payment intent has paid an invoice. */
  boolean hasPaidInvoice(String paymentIntentId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM stripe_charge
                WHERE stripe_payment_intent_id = :paymentIntentId
                      AND stripe_invoice_id IS NOT NULL)
            """)
        .param("paymentIntentId", paymentIntentId)
        .query(Boolean.class)
        .single();
  }

  /** Whether a charge of a payment intent was recorded. */
  boolean hasCharge(String paymentIntentId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM stripe_charge WHERE stripe_payment_intent_id = :paymentIntentId)
            """)
        .param("paymentIntentId", paymentIntentId)
        .query(Boolean.class)
        .single();
  }

  /**
   * The charge of a payment intent that was made for no payment of ours, if there is one and people
   * have not said what it is.
   */
  Optional<QuarantinedRow> unknownOf(String paymentIntentId) {
    return quarantinedOf(paymentIntentId)
        .filter(charge -> charge.objection() == BreakKind.UNKNOWN_PAYMENT)
        .filter(charge -> charge.returned().isZero());
  }

  /** A quarantined charge, locked. */
  Optional<QuarantinedRow> lockQuarantined(String id) {
    return jdbc.sql(QUARANTINED + " AND id = :id FOR UPDATE")
        .param("id", id)
        .query(Charges::readQuarantined)
        .optional();
  }

  /** The quarantined charge of a payment intent, if there is one. */
  Optional<QuarantinedRow> quarantinedOf(String paymentIntentId) {
    return jdbc.sql(QUARANTINED + " AND stripe_payment_intent_id = :paymentIntentId")
        .param("paymentIntentId", paymentIntentId)
        .query(Charges::readQuarantined)
        .optional();
  }

  /** The quarantined charge with this id, not locked. */
  Optional<QuarantinedRow> quarantined(String id) {
    return jdbc.sql(QUARANTINED + " AND id = :id")
        .param("id", id)
        .query(Charges::readQuarantined)
        .optional();
  }

  /** Adds to what has left suspense of a quarantined charge; an amount below zero takes it back. */
  void addReturned(String id, Money amount) {
    jdbc.sql("UPDATE stripe_charge SET returned_minor = returned_minor + :amount WHERE id = :id")
        .param("id", id)
        .param("amount", amount.amountMinor())
        .update();
  }

  /**
   * Records what a dispute has taken of a quarantined charge.
   *
   * @param movements how many balance transactions Stripe has told of
   * @return false when that is known, or older than what is known
   */
  boolean saveDispute(
      String id, String stripeDisputeId, Taken taken, int movements, boolean undecided) {
    return jdbc.sql(
                """
                INSERT INTO charge_dispute AS known (
                    stripe_dispute_id, stripe_charge_id, taken_minor, in_other_currency, movements,
                    undecided)
                VALUES (
                    :stripeDisputeId, :id, :taken, :inOtherCurrency, :movements, :undecided)
                ON CONFLICT (stripe_dispute_id) DO UPDATE
                SET taken_minor = excluded.taken_minor,
                    in_other_currency = excluded.in_other_currency,
                    movements = excluded.movements, undecided = excluded.undecided
                WHERE known.movements < excluded.movements
                   OR (known.movements = excluded.movements
                       AND known.undecided AND NOT excluded.undecided)
                """)
            .param("id", id)
            .param("stripeDisputeId", stripeDisputeId)
            .param("taken", taken.minor())
            .param("inOtherCurrency", taken.inOtherCurrency())
            .param("movements", movements)
            .param("undecided", undecided)
            .update()
        == 1;
  }

  /** What disputes have moved of a charge in its own currency. */
  List<String> disputeMovements(String id) {
    return jdbc.sql(
            """
            SELECT balance_transaction.id
            FROM stripe_charge
            JOIN charge_dispute ON stripe_charge_id = stripe_charge.id
            JOIN balance_transaction ON source = stripe_dispute_id
                AND balance_transaction.currency = stripe_charge.currency
            WHERE stripe_charge.id = :id
            """)
        .param("id", id)
        .query((row, _) -> row.getString("id"))
        .list();
  }

  /** Second captures of which we have not given back what is left yet, oldest first. */
  List<String> secondCaptures(int maxRows) {
    return jdbc.sql(
            """
            SELECT id FROM stripe_charge
            WHERE objection = 'duplicate-capture' AND returned_minor < amount_minor
              AND returned_minor + %s < amount_minor AND NOT %s
              AND NOT EXISTS (
                  SELECT FROM refund
                  WHERE stripe_charge_id = stripe_charge.id AND cause = 'paid-twice')
            ORDER BY recorded_at LIMIT :maxRows
            """
                .formatted(DISPUTED, TAKEN_IN_OTHER_CURRENCY))
        .param("maxRows", maxRows)
        .query((row, _) -> row.getString("id"))
        .list();
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

  private static QuarantinedRow readQuarantined(ResultSet row, int number) throws SQLException {
    return new QuarantinedRow(
        row.getString("id"),
        row.getString("stripe_payment_intent_id"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.constant(BreakKind.class, row, "objection"),
        Columns.money(row, "amount_minor"),
        Columns.money(row, "returned_minor"),
        Columns.money(row, "disputed_minor"),
        row.getBoolean("in_other_currency"),
        row.getBoolean("is_disputed"));
  }
}
