package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about payments and their lines. */
@Component
class Payments {

  private static final String COLUMNS =
      """
      id, registration_id, account_id, organization_id, event_id, event_title, status, currency,
      amount_minor, fee_plan_id, fee_basis_points, fee_fixed_minor, fee_minor,
      stripe_payment_intent_id, hold_expires_at, registration_ended_at, created_at
      """;

  private final JdbcClient jdbc;

  Payments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a payment with its lines, in one statement; false when its registration has one already.
   *
   * @param lines one at least
   */
  boolean insert(Payment payment, List<PaymentLine> lines) {
    return jdbc.sql(
                """
                WITH added AS (
                    INSERT INTO payment (
                        id, registration_id, account_id, organization_id, event_id, event_title,
                        status, currency, amount_minor, fee_plan_id, fee_basis_points,
                        fee_fixed_minor, fee_minor, hold_expires_at, created_at)
                    VALUES (
                        :id, :registrationId, :accountId, :organizationId, :eventId, :eventTitle,
                        :status, :currency, :amount, :feePlan, :feeBasisPoints,
                        :feeFixed, :fee, :holdExpiresAt, :createdAt)
                    ON CONFLICT (registration_id) DO NOTHING
                    RETURNING id)
                INSERT INTO payment_line (
                    payment_id, position, ticket_id, ticket_type_name, total_minor, fee_minor)
                SELECT added.id, line.position - 1, CAST(line.ticket_id AS uuid), line.name,
                    line.total, line.fee
                FROM added CROSS JOIN unnest(:ticketIds, :names, :totals, :fees) WITH ORDINALITY
                    AS line (ticket_id, name, total, fee, position)
                """)
            .param("id", payment.id())
            .param("registrationId", payment.registrationId())
            .param("accountId", payment.accountId())
            .param("organizationId", payment.organizationId())
            .param("eventId", payment.eventId())
            .param("eventTitle", payment.eventTitle())
            .param("status", Parameters.constant(payment.status()))
            .param("currency", Parameters.currency(payment.amount().currency()))
            .param("amount", payment.amount().amountMinor())
            .param("feePlan", payment.feeRule().planId())
            .param("feeBasisPoints", payment.feeRule().basisPoints())
            .param("feeFixed", payment.feeRule().fixedPerTicket().amountMinor())
            .param("fee", payment.fee().amountMinor())
            .param("holdExpiresAt", Parameters.instant(payment.holdExpiresAt()))
            .param("createdAt", Parameters.instant(payment.createdAt()))
            .param(
                "ticketIds",
                lines.stream().map(line -> line.ticketId().toString()).toArray(String[]::new))
            .param("names", lines.stream().map(PaymentLine::ticketTypeName).toArray(String[]::new))
            .param(
                "totals",
                lines.stream().map(line -> line.total().amountMinor()).toArray(Long[]::new))
            .param(
                "fees", lines.stream().map(line -> line.fee().amountMinor()).toArray(Long[]::new))
            .update()
        > 0;
  }

  Optional<Payment> lock(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM payment WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Payments::read)
        .optional();
  }

  Optional<Payment> lockByRegistration(UUID registrationId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM payment WHERE registration_id = :registrationId FOR UPDATE")
        .param("registrationId", registrationId)
        .query(Payments::read)
        .optional();
  }

  void capture(UUID id, String paymentIntentId, Instant at) {
    jdbc.sql(
            """
            UPDATE payment
            SET status = 'captured', captured_minor = amount_minor, captured_at = :at,
                stripe_payment_intent_id = :paymentIntentId
            WHERE id = :id
            """)
        .param("id", id)
        .param("paymentIntentId", paymentIntentId)
        .param("at", Parameters.instant(at))
        .update();
  }

  void process(UUID id, String paymentIntentId, Instant nextCheckAt) {
    jdbc.sql(
            """
            UPDATE payment
            SET status = 'processing', stripe_payment_intent_id = :paymentIntentId,
                next_check_at = :nextCheckAt
            WHERE id = :id
            """)
        .param("id", id)
        .param("nextCheckAt", Parameters.instant(nextCheckAt))
        .param("paymentIntentId", paymentIntentId)
        .update();
  }

  void awaitAgain(UUID id) {
    jdbc.sql(
            """
            UPDATE payment SET status = 'awaiting-payment', stripe_payment_intent_id = NULL
            WHERE id = :id
            """)
        .param("id", id)
        .update();
  }

  void cancel(UUID id, Instant at) {
    jdbc.sql("UPDATE payment SET status = 'cancelled', cancelled_at = :at WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  void endRegistration(UUID id, Instant at) {
    jdbc.sql(
            """
            UPDATE payment SET registration_ended_at = coalesce(registration_ended_at, :at)
            WHERE id = :id
            """)
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Payment intents that the bank takes its time with, and that should be asked about. */
  List<String> dueIntents(Instant now, Instant nextCheckAt, int most) {
    return jdbc.sql(
            """
            UPDATE payment SET next_check_at = :nextCheckAt
            WHERE id IN (
                SELECT id FROM payment WHERE status = 'processing' AND next_check_at <= :now
                ORDER BY next_check_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING stripe_payment_intent_id
            """)
        .param("now", Parameters.instant(now))
        .param("nextCheckAt", Parameters.instant(nextCheckAt))
        .param("most", most)
        .query((row, number) -> row.getString("stripe_payment_intent_id"))
        .list();
  }

  boolean isCaptured(String paymentIntentId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM payment
                WHERE stripe_payment_intent_id = :paymentIntentId AND status = 'captured')
            """)
        .param("paymentIntentId", paymentIntentId)
        .query(Boolean.class)
        .single();
  }

  Optional<Payment> lockByPaymentIntent(String paymentIntentId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM payment WHERE stripe_payment_intent_id = :paymentIntentId FOR UPDATE")
        .param("paymentIntentId", paymentIntentId)
        .query(Payments::read)
        .optional();
  }

  List<PaymentLine> lines(UUID paymentId, Currency currency) {
    return jdbc.sql(
            """
            SELECT ticket_id, ticket_type_name, total_minor, fee_minor, refunded_minor,
                   fee_refunded_minor
            FROM payment_line WHERE payment_id = :paymentId ORDER BY position
            """)
        .param("paymentId", paymentId)
        .query((row, number) ->
            new PaymentLine(
                Columns.uuid(row, "ticket_id"),
                row.getString("ticket_type_name"),
                new Money(row.getLong("total_minor"), currency),
                new Money(row.getLong("fee_minor"), currency),
                new Money(row.getLong("refunded_minor"), currency),
                new Money(row.getLong("fee_refunded_minor"), currency)))
        .list();
  }

  void addRefunded(UUID paymentId, UUID ticketId, long amountMinor, long feeMinor) {
    jdbc.sql(
            """
            UPDATE payment_line
            SET refunded_minor = refunded_minor + :amount,
                fee_refunded_minor = fee_refunded_minor + :fee
            WHERE payment_id = :paymentId AND ticket_id = :ticketId
            """)
        .param("paymentId", paymentId)
        .param("ticketId", ticketId)
        .param("amount", amountMinor)
        .param("fee", feeMinor)
        .update();
  }

  private static Payment read(ResultSet row, int number) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    return new Payment(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "account_id"),
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "event_id"),
        row.getString("event_title"),
        Columns.constant(PaymentStatus.class, row, "status"),
        new Money(row.getLong("amount_minor"), currency),
        new FeeRule(
            row.getString("fee_plan_id"),
            row.getInt("fee_basis_points"),
            new Money(row.getLong("fee_fixed_minor"), currency)),
        new Money(row.getLong("fee_minor"), currency),
        row.getString("stripe_payment_intent_id"),
        Columns.instant(row, "hold_expires_at"),
        Columns.instantOrNull(row, "registration_ended_at"),
        Columns.instant(row, "created_at"));
  }
}
