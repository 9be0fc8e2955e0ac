package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about refunds and their attempts. */
@Component
class Refunds {

  /** An attempt whose outcome or balance transaction is not known. */
  record Unsettled(UUID refundId, int attempt, String stripeRefundId, int checks) {}

  private final JdbcClient jdbc;

  Refunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Refund> find(UUID id) {
    return jdbc.sql(
            """
            SELECT id, payment_id, status, cause, currency, amount_minor, organization_share_minor,
                   platform_share_minor, attempt
            FROM refund WHERE id = :id
            """)
        .param("id", id)
        .query(Refunds::read)
        .optional();
  }

  /** Those of a payment that are still to be sent or need a person, oldest first. */
  List<Refund> owed(UUID paymentId, Money amount) {
    return jdbc.sql(
            """
            SELECT id, payment_id, status, cause, currency, amount_minor, organization_share_minor,
                   platform_share_minor, attempt
            FROM refund
            WHERE payment_id = :paymentId AND amount_minor = :amount AND currency = :currency
              AND status IN ('requested', 'failed')
            ORDER BY requested_at, id
            """)
        .param("paymentId", paymentId)
        .param("amount", amount.amountMinor())
        .param("currency", Parameters.currency(amount.currency()))
        .query(Refunds::read)
        .list();
  }

  /** Stripe's ids of all attempts. */
  List<String> stripeIds(UUID refundId) {
    return jdbc.sql(
            """
            SELECT stripe_refund_id FROM refund_attempt
            WHERE refund_id = :refundId AND stripe_refund_id IS NOT NULL
            """)
        .param("refundId", refundId)
        .query((row, number) -> row.getString("stripe_refund_id"))
        .list();
  }

  void insert(Refund refund, Instant requestedAt, @Nullable Instant nextAttemptAt) {
    jdbc.sql(
            """
            INSERT INTO refund (
                id, payment_id, status, cause, currency, amount_minor, organization_share_minor,
                platform_share_minor, attempt, requested_at, next_attempt_at)
            VALUES (
                :id, :paymentId, :status, :cause, :currency, :amount, :organizationShare,
                :platformShare, :attempt, :requestedAt, :nextAttemptAt)
            """)
        .param("id", refund.id())
        .param("paymentId", refund.paymentId())
        .param("status", Parameters.constant(refund.status()))
        .param("cause", Parameters.constant(refund.cause()))
        .param("currency", Parameters.currency(refund.amount().currency()))
        .param("amount", refund.amount().amountMinor())
        .param("organizationShare", refund.organizationShare().amountMinor())
        .param("platformShare", refund.platformShare().amountMinor())
        .param("attempt", refund.attempt())
        .param("requestedAt", Parameters.instant(requestedAt))
        .param("nextAttemptAt", Parameters.instant(nextAttemptAt))
        .update();
  }

  void insertLine(UUID refundId, RefundShares.Line line) {
    jdbc.sql(
            """
            INSERT INTO refund_line (refund_id, ticket_id, amount_minor, fee_minor)
            VALUES (:refundId, :ticketId, :amount, :fee)
            """)
        .param("refundId", refundId)
        .param("ticketId", line.ticketId())
        .param("amount", line.amount().amountMinor())
        .param("fee", line.fee().amountMinor())
        .update();
  }

  List<RefundShares.Line> lines(UUID refundId, Currency currency) {
    return jdbc.sql(
            "SELECT ticket_id, amount_minor, fee_minor FROM refund_line WHERE refund_id = :refundId")
        .param("refundId", refundId)
        .query((row, number) ->
            new RefundShares.Line(
                Columns.uuid(row, "ticket_id"),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("fee_minor"), currency)))
        .list();
  }

  /**
   * Moves an obligation.
   *
   * @param nextAttemptAt when it is requested (again), null otherwise
   */
  void move(UUID id, RefundStatus status, int attempt, @Nullable Instant nextAttemptAt) {
    jdbc.sql(
            """
            UPDATE refund
            SET status = :status, attempt = :attempt, next_attempt_at = :nextAttemptAt,
                succeeded_at = NULL
            WHERE id = :id
            """)
        .param("id", id)
        .param("status", Parameters.constant(status))
        .param("attempt", attempt)
        .param("nextAttemptAt", Parameters.instant(nextAttemptAt))
        .update();
  }

  void succeed(UUID id, Instant at) {
    jdbc.sql(
            """
            UPDATE refund SET status = 'succeeded', succeeded_at = :at, next_attempt_at = NULL
            WHERE id = :id
            """)
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Obligations whose attempt is due: those that were opened again, or whose task was lost. */
  List<UUID> due(Instant now, Instant nextAttemptAt, int most) {
    return jdbc.sql(
            """
            UPDATE refund SET next_attempt_at = :nextAttemptAt
            WHERE id IN (
                SELECT id FROM refund WHERE status = 'requested' AND next_attempt_at <= :now
                ORDER BY next_attempt_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING id
            """)
        .param("now", Parameters.instant(now))
        .param("nextAttemptAt", Parameters.instant(nextAttemptAt))
        .param("most", most)
        .query((row, number) -> Columns.uuid(row, "id"))
        .list();
  }

  void insertAttempt(RefundAttempt attempt) {
    jdbc.sql(
            """
            INSERT INTO refund_attempt (refund_id, attempt, idempotency_key)
            VALUES (:refundId, :attempt, :idempotencyKey)
            """)
        .param("refundId", attempt.refundId())
        .param("attempt", attempt.attempt())
        .param("idempotencyKey", attempt.idempotencyKey())
        .update();
  }

  Optional<RefundAttempt> attempt(UUID refundId, int attempt) {
    return jdbc.sql(
            """
            SELECT refund_id, attempt, stripe_refund_id, sent_at, stripe_status
            FROM refund_attempt WHERE refund_id = :refundId AND attempt = :attempt
            """)
        .param("refundId", refundId)
        .param("attempt", attempt)
        .query(Refunds::readAttempt)
        .optional();
  }

  Optional<RefundAttempt> attempt(String stripeRefundId) {
    return jdbc.sql(
            """
            SELECT refund_id, attempt, stripe_refund_id, sent_at, stripe_status
            FROM refund_attempt WHERE stripe_refund_id = :stripeRefundId
            """)
        .param("stripeRefundId", stripeRefundId)
        .query(Refunds::readAttempt)
        .optional();
  }

  void send(RefundAttempt attempt, Instant at) {
    jdbc.sql(
            """
            UPDATE refund_attempt SET sent_at = coalesce(sent_at, :at)
            WHERE refund_id = :refundId AND attempt = :attempt
            """)
        .param("refundId", attempt.refundId())
        .param("attempt", attempt.attempt())
        .param("at", Parameters.instant(at))
        .update();
  }

  void refuse(RefundAttempt attempt, String failure) {
    jdbc.sql(
            """
            UPDATE refund_attempt SET stripe_status = 'failed', failure = :failure, settled = true
            WHERE refund_id = :refundId AND attempt = :attempt
            """)
        .param("refundId", attempt.refundId())
        .param("attempt", attempt.attempt())
        .param("failure", failure)
        .update();
  }

  /**
   * Takes over what Stripe says.
   *
   * @param firstCheckAt unless a check is planned already
   */
  void takeOver(
      RefundAttempt attempt, StripeRefund stripeRefund, boolean settled, Instant firstCheckAt) {
    jdbc.sql(
            """
            UPDATE refund_attempt
            SET stripe_refund_id = :stripeRefundId, stripe_status = :stripeStatus,
                failure = :failure, settled = :settled,
                next_check_at = coalesce(next_check_at, :firstCheckAt)
            WHERE refund_id = :refundId AND attempt = :attempt
            """)
        .param("refundId", attempt.refundId())
        .param("attempt", attempt.attempt())
        .param("stripeRefundId", stripeRefund.id())
        .param("stripeStatus", Parameters.constant(stripeRefund.status()))
        .param("failure", Parameters.text(stripeRefund.failureReason()))
        .param("settled", settled)
        .param("firstCheckAt", Parameters.instant(firstCheckAt))
        .update();
  }

  List<Unsettled> unsettled(Instant now, int most) {
    return jdbc.sql(
            """
            SELECT refund_id, attempt, stripe_refund_id, checks FROM refund_attempt
            WHERE stripe_refund_id IS NOT NULL AND NOT settled AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :most
            """)
        .param("now", Parameters.instant(now))
        .param("most", most)
        .query((row, number) ->
            new Unsettled(
                Columns.uuid(row, "refund_id"),
                row.getInt("attempt"),
                row.getString("stripe_refund_id"),
                row.getInt("checks")))
        .list();
  }

  void checkAgain(Unsettled unsettled, Instant nextCheckAt) {
    jdbc.sql(
            """
            UPDATE refund_attempt SET checks = checks + 1, next_check_at = :at
            WHERE refund_id = :refundId AND attempt = :attempt
            """)
        .param("refundId", unsettled.refundId())
        .param("attempt", unsettled.attempt())
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }

  private static Refund read(ResultSet row, int number) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    return new Refund(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payment_id"),
        Columns.constant(RefundStatus.class, row, "status"),
        Columns.constant(RefundCause.class, row, "cause"),
        new Money(row.getLong("amount_minor"), currency),
        new Money(row.getLong("organization_share_minor"), currency),
        new Money(row.getLong("platform_share_minor"), currency),
        row.getInt("attempt"));
  }

  private static RefundAttempt readAttempt(ResultSet row, int number) throws SQLException {
    return new RefundAttempt(
        Columns.uuid(row, "refund_id"),
        row.getInt("attempt"),
        row.getString("stripe_refund_id"),
        Columns.instantOrNull(row, "sent_at") != null,
        Columns.constantOrNull(StripeRefund.Status.class, row, "stripe_status"));
  }
}
