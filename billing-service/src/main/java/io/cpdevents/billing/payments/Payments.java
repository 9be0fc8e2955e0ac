package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
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
      id, registration_id, account_id, organization_id, event_id, event_title, hold_expires_at,
      currency, amount_minor, fee_plan_id, fee_basis_points, fee_fixed_minor, fee_minor,
      fee_refundable, created_at, status, stripe_payment_intent_id, registration_ended_at,
      captured_at, cancelled_at, next_check_at
      """;

  private final JdbcClient jdbc;

  private final Clock clock;

  Payments(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds a payment with its lines, in one statement; false when its registration has one already.
   *
   * @param lines one at least
   */
  boolean insert(Payment payment, List<PaymentLine> lines) {
    PaidRegistration registration = payment.registration();
    FeeRule rule = payment.fee().rule();
    return jdbc.sql(
                """
                WITH added AS (
                    INSERT INTO payment (
                        id, registration_id, account_id, organization_id, event_id, event_title,
                        hold_expires_at, currency, amount_minor, fee_plan_id, fee_basis_points,
                        fee_fixed_minor, fee_minor, fee_refundable, created_at, status)
                    VALUES (
                        :id, :registrationId, :accountId, :organizationId, :eventId, :eventTitle,
                        :holdExpiresAt, :currency, :amount, :feePlan, :feeBasisPoints,
                        :feeFixed, :fee, :feeRefundable, :createdAt, :status)
                    ON CONFLICT (registration_id) DO NOTHING
                    RETURNING id)
                INSERT INTO payment_line (
                    payment_id, position, ticket_id, ticket_type_name, total_minor, fee_minor)
                SELECT added.id, line.position - 1, line.ticket_id, line.name, line.total, line.fee
                FROM added CROSS JOIN unnest(:ticketIds, :names, :totals, :fees) WITH ORDINALITY
                    AS line (ticket_id, name, total, fee, position)
                """)
            .param("id", payment.id())
            .param("registrationId", registration.id())
            .param("accountId", registration.accountId())
            .param("organizationId", registration.organizationId())
            .param("eventId", registration.eventId())
            .param("eventTitle", registration.eventTitle())
            .param("holdExpiresAt", Parameters.instant(registration.holdExpiresAt()))
            .param("currency", Parameters.currency(payment.amount().currency()))
            .param("amount", payment.amount().amountMinor())
            .param("feePlan", rule.planId())
            .param("feeBasisPoints", rule.basisPoints())
            .param("feeFixed", rule.fixedPerTicket().amountMinor())
            .param("fee", payment.fee().amount().amountMinor())
            .param("feeRefundable", payment.fee().refundable())
            .param("createdAt", Parameters.instant(payment.createdAt()))
            .param("status", Parameters.constant(payment.status()))
            .param("ticketIds", Parameters.uuids(lines, PaymentLine::ticketId))
            .param("names", Parameters.texts(lines, PaymentLine::ticketTypeName))
            .param("totals", Parameters.bigints(lines, line -> line.total().amountMinor()))
            .param("fees", Parameters.bigints(lines, line -> line.fee().amountMinor()))
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

  /** Saves what changes about a payment, and notes in its history that its state has changed. */
  void save(Payment payment) {
    Payment.Progress progress = payment.progress();
    jdbc.sql(
            """
            WITH noted AS (
                INSERT INTO payment_history (payment_id, occurred_at, status)
                SELECT id, :now, :status FROM payment WHERE id = :id AND status <> :status)
            UPDATE payment
            SET status = :status, captured_minor = :captured,
                stripe_payment_intent_id = :paymentIntentId,
                registration_ended_at = :registrationEndedAt, captured_at = :capturedAt,
                cancelled_at = :cancelledAt, next_check_at = :nextCheckAt
            WHERE id = :id
            """)
        .param("id", payment.id())
        .param("now", Parameters.instant(clock.instant()))
        .param("status", Parameters.constant(progress.status()))
        .param("captured", payment.captured().amountMinor())
        .param("paymentIntentId", Parameters.text(progress.paymentIntentId()))
        .param("registrationEndedAt", Parameters.instant(progress.registrationEndedAt()))
        .param("capturedAt", Parameters.instant(progress.capturedAt()))
        .param("cancelledAt", Parameters.instant(progress.cancelledAt()))
        .param("nextCheckAt", Parameters.instant(progress.nextCheckAt()))
        .update();
  }

  /** Keeps until when the places of a registration are held, which has not ended. */
  void keepHoldEnd(UUID registrationId, Instant holdExpiresAt) {
    jdbc.sql(
            """
            UPDATE payment SET hold_expires_at = :holdExpiresAt
            WHERE registration_id = :registrationId AND registration_ended_at IS NULL
              AND status IN ('awaiting-payment', 'processing')
            """)
        .param("registrationId", registrationId)
        .param("holdExpiresAt", Parameters.instant(holdExpiresAt))
        .update();
  }

  /** Payment intents that the bank takes its time with, and that should be asked about. */
  List<String> dueIntents(Instant now, Instant nextCheckAt, int maxRows) {
    return jdbc.sql(
            """
            UPDATE payment SET next_check_at = :nextCheckAt
            WHERE id = ANY (ARRAY(
                SELECT id FROM payment WHERE status = 'processing' AND next_check_at <= :now
                ORDER BY next_check_at LIMIT :maxRows FOR UPDATE SKIP LOCKED))
            RETURNING stripe_payment_intent_id
            """)
        .param("now", Parameters.instant(now))
        .param("nextCheckAt", Parameters.instant(nextCheckAt))
        .param("maxRows", maxRows)
        .query((row, _) -> row.getString("stripe_payment_intent_id"))
        .list();
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
                   fee_refunded_minor, disputed_minor, fee_disputed_minor
            FROM payment_line WHERE payment_id = :paymentId ORDER BY position
            """)
        .param("paymentId", paymentId)
        .query((row, _) ->
            new PaymentLine(
                Columns.uuid(row, "ticket_id"),
                row.getString("ticket_type_name"),
                new Money(row.getLong("total_minor"), currency),
                new Money(row.getLong("fee_minor"), currency),
                new Money(row.getLong("refunded_minor"), currency),
                new Money(row.getLong("fee_refunded_minor"), currency),
                new Money(row.getLong("disputed_minor"), currency),
                new Money(row.getLong("fee_disputed_minor"), currency)))
        .list();
  }

  /** Adds to what has been refunded of tickets; amounts below zero take it back. */
  void addRefunded(UUID paymentId, List<TicketShare> shares) {
    add(
        """
        UPDATE payment_line
        SET refunded_minor = refunded_minor + share.amount,
            fee_refunded_minor = fee_refunded_minor + share.fee
        FROM unnest(:ticketIds, :amounts, :fees) AS share (ticket_id, amount, fee)
        WHERE payment_line.payment_id = :paymentId
          AND payment_line.ticket_id = share.ticket_id
        """,
        paymentId,
        shares);
  }

  /** Adds to what disputes have taken of tickets; amounts below zero take it back. */
  void addDisputed(UUID paymentId, List<TicketShare> shares) {
    add(
        """
        UPDATE payment_line
        SET disputed_minor = disputed_minor + share.amount,
            fee_disputed_minor = fee_disputed_minor + share.fee
        FROM unnest(:ticketIds, :amounts, :fees) AS share (ticket_id, amount, fee)
        WHERE payment_line.payment_id = :paymentId
          AND payment_line.ticket_id = share.ticket_id
        """,
        paymentId,
        shares);
  }

  private void add(String sql, UUID paymentId, List<TicketShare> shares) {
    int changed =
        jdbc.sql(sql)
            .param("paymentId", paymentId)
            .param("ticketIds", Parameters.uuids(shares, TicketShare::ticketId))
            .param("amounts", Parameters.bigints(shares, share -> share.amount().amountMinor()))
            .param("fees", Parameters.bigints(shares, share -> share.fee().amountMinor()))
            .update();
    if (changed != shares.size()) {
      throw new IllegalStateException(
          "%d tickets of payment %s were changed, not %d"
              .formatted(changed, paymentId, shares.size()));
    }
  }

  /** Notes since when nothing is left of a payment, or that something is left again. */
  void markReturning(UUID id, Instant now) {
    jdbc.sql(
            """
            UPDATE payment
            SET returning_since =
                CASE WHEN EXISTS (
                    SELECT FROM payment_line
                    WHERE payment_id = :id AND refunded_minor + disputed_minor < total_minor)
                THEN NULL ELSE coalesce(returning_since, :now) END
            WHERE id = :id
            """)
        .param("id", id)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Notes that a refund of a payment was asked for and waits. */
  void markWaiting(UUID id, Instant now) {
    jdbc.sql("UPDATE payment SET returning_since = coalesce(returning_since, :now) WHERE id = :id")
        .param("id", id)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Notes that the registration of a payment is confirmed; it need not be paid. */
  void confirm(UUID registrationId, Instant at) {
    jdbc.sql(
            """
            UPDATE payment SET confirmed_at = coalesce(confirmed_at, :at)
            WHERE registration_id = :registrationId
            """)
        .param("registrationId", registrationId)
        .param("at", Parameters.instant(at))
        .update();
  }

  void countOpenDisputes(UUID id, int more) {
    jdbc.sql("UPDATE payment SET open_disputes = open_disputes + :more WHERE id = :id")
        .param("id", id)
        .param("more", more)
        .update();
  }

  boolean hasOpenDisputes(UUID id) {
    return jdbc.sql("SELECT open_disputes > 0 FROM payment WHERE id = :id")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Records a try to pay that came to nothing; false when it was recorded before. */
  boolean insertFailure(UUID paymentId, FailedAttempt attempt, boolean wasProcessing, Instant at) {
    return jdbc.sql(
                """
                INSERT INTO payment_failure (id, payment_id, decline_code, was_processing, failed_at)
                VALUES (:id, :paymentId, :declineCode, :wasProcessing, :at)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", attempt.id())
            .param("paymentId", paymentId)
            .param("declineCode", Parameters.text(attempt.declineCode()))
            .param("wasProcessing", wasProcessing)
            .param("at", Parameters.instant(at))
            .update()
        == 1;
  }

  private static Payment read(ResultSet row, int number) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    return new Payment(
        Columns.uuid(row, "id"),
        new PaidRegistration(
            Columns.uuid(row, "registration_id"),
            Columns.uuid(row, "account_id"),
            Columns.uuid(row, "organization_id"),
            Columns.uuid(row, "event_id"),
            row.getString("event_title"),
            Columns.instant(row, "hold_expires_at")),
        Columns.money(row, "amount_minor"),
        new PlatformFee(
            new FeeRule(
                row.getString("fee_plan_id"),
                row.getInt("fee_basis_points"),
                new Money(row.getLong("fee_fixed_minor"), currency)),
            new Money(row.getLong("fee_minor"), currency),
            row.getBoolean("fee_refundable")),
        Columns.instant(row, "created_at"),
        new Payment.Progress(
            Columns.constant(PaymentStatus.class, row, "status"),
            row.getString("stripe_payment_intent_id"),
            Columns.instantOrNull(row, "registration_ended_at"),
            Columns.instantOrNull(row, "captured_at"),
            Columns.instantOrNull(row, "cancelled_at"),
            Columns.instantOrNull(row, "next_check_at")));
  }
}
