package io.cpdevents.billing.payments;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Payments as they were at a time, from their history and from journals. */
@Component
public class PaymentAsOfQueries {

  /**
   * A refund as it was.
   *
   * @param ofPayment whether it gives back what the payment wanted, and not a charge beside it
   */
  private record RefundRow(PaymentView.Refund refund, boolean ofPayment) {

    boolean hasSucceeded() {
      return refund.status() == PaymentView.Refund.RefundStatus.SUCCEEDED;
    }

    boolean takesFromPayment() {
      return ofPayment && refund.status() != PaymentView.Refund.RefundStatus.CANCELLED;
    }
  }

  private final PaymentQueries queries;
  private final JdbcClient jdbc;

  PaymentAsOfQueries(PaymentQueries queries, JdbcClient jdbc) {
    this.queries = queries;
    this.jdbc = jdbc;
  }

  /**
   * A payment as it was, for those who may see it now.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, also when it was made later; 403 {@code
   *     role-missing}
   */
  @Transactional(readOnly = true)
  public PaymentView one(Caller caller, UUID id, Instant asOf) {
    PaymentView now = queries.one(caller, id);
    if (now.createdAt().isAfter(asOf)) {
      throw BillingProblem.PAYMENT_NOT_FOUND.violation();
    }
    PaymentStatus status = status(id, asOf);
    Money zero = Money.zero(now.amount().currency());
    Money captured = status == PaymentStatus.CAPTURED ? now.amount() : zero;
    List<RefundRow> refunds = refunds(now, asOf);
    Money refunded =
        refunds.stream()
            .filter(row -> row.ofPayment() && row.hasSucceeded())
            .map(row -> row.refund().amount())
            .reduce(zero, Money::plus);
    Money goingBack =
        refunds.stream()
            .filter(RefundRow::takesFromPayment)
            .map(row -> row.refund().amount())
            .reduce(zero, Money::plus);
    Money disputed = disputed(now, captured, asOf);
    Money left = captured.minus(goingBack).minus(disputed);
    return new PaymentView(
        id,
        now.registrationId(),
        now.accountId(),
        now.organizationId(),
        now.eventId(),
        now.eventTitle(),
        status,
        now.amount(),
        captured,
        refunded,
        disputed,
        left.isNegative() ? zero : left,
        now.platformFee(),
        now.holdExpiresAt(),
        now.createdAt(),
        until(now.capturedAt(), asOf),
        until(now.cancelledAt(), asOf),
        now.lines(),
        refunds.stream().map(RefundRow::refund).toList(),
        warnings(now, asOf));
  }

  private PaymentStatus status(UUID id, Instant asOf) {
    return jdbc.sql(
            """
            SELECT status FROM payment_history WHERE payment_id = :id AND occurred_at <= :asOf
            ORDER BY id DESC LIMIT 1
            """)
        .param("id", id)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) -> Columns.constant(PaymentStatus.class, row, "status"))
        .optional()
        .orElse(PaymentStatus.AWAITING_PAYMENT);
  }

  /** Their amounts are what was owed then: less was, once a part had gone back otherwise. */
  private List<RefundRow> refunds(PaymentView now, Instant asOf) {
    return jdbc.sql(
            """
            SELECT refund.id, history.status, cause, requested_at, currency,
                   coalesce(owed.amount_minor, refund.amount_minor) AS amount_minor,
                   stripe_charge_id IS NULL AS of_payment
            FROM refund
            CROSS JOIN LATERAL (
                SELECT status FROM refund_history
                WHERE refund_id = refund.id AND occurred_at <= :asOf
                ORDER BY refund_history.id DESC LIMIT 1) history
            CROSS JOIN LATERAL (
                SELECT CAST(-sum(posting.amount_minor) AS bigint) AS amount_minor
                FROM journal JOIN posting ON journal_id = journal.id
                WHERE journal.refund_id = refund.id AND recorded_at <= :asOf
                    AND kind IN ('refund-accepted', 'refund-reduced') AND account = 'refunds') owed
            WHERE refund.payment_id = :id ORDER BY requested_at, refund.id
            """)
        .param("id", now.id())
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            new RefundRow(
                new PaymentView.Refund(
                    Columns.uuid(row, "id"),
                    Columns.constant(PaymentView.Refund.RefundStatus.class, row, "status"),
                    Columns.money(row, "amount_minor"),
                    Columns.constant(RefundCause.class, row, "cause"),
                    Columns.instant(row, "requested_at")),
                row.getBoolean("of_payment")))
        .list();
  }

  /** What banks had taken and not given back, and not more than was captured. */
  private Money disputed(PaymentView now, Money captured, Instant asOf) {
    Money taken =
        jdbc.sql(
                """
                SELECT coalesce(sum(amount_minor), 0)::bigint AS amount_minor
                FROM journal JOIN posting ON journal_id = journal.id
                WHERE payment_id = :id AND recorded_at <= :asOf AND account = 'disputes'
                    AND currency = :currency AND kind IN ('balance-transaction', 'dispute-identified')
                """)
            .param("id", now.id())
            .param("asOf", Parameters.instant(asOf))
            .param("currency", Parameters.currency(captured.currency()))
            .query((row, _) -> new Money(row.getLong("amount_minor"), captured.currency()))
            .single();
    return taken.minus(captured).isNegative() ? taken : captured;
  }

  private static @Nullable List<PaymentView.FraudWarning> warnings(PaymentView now, Instant asOf) {
    List<PaymentView.FraudWarning> warnings = now.fraudWarnings();
    return warnings == null
        ? null
        : warnings.stream().filter(warning -> !warning.receivedAt().isAfter(asOf)).toList();
  }

  private static @Nullable Instant until(@Nullable Instant time, Instant asOf) {
    return Optional.ofNullable(time).filter(found -> !found.isAfter(asOf)).orElse(null);
  }
}
