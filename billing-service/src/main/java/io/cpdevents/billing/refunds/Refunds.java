package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about refunds, their shares and their attempts. */
@Component
class Refunds {

  /**
   * An attempt whose outcome or balance transaction is not known.
   *
   * @param checks how often Stripe has been asked about it
   */
  record Unsettled(UUID refundId, int attempt, String stripeRefundId, int checks) {}

  private record AttemptRow(UUID refundId, RefundAttempt attempt) {}

  private record ShareRow(UUID refundId, TicketShare share) {}

  private final JdbcClient jdbc;

  private final Clock clock;

  Refunds(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Which money a refund gives back, if there is such a refund. */
  Optional<Refund.Origin> originOf(UUID refundId) {
    return jdbc.sql("SELECT payment_id, stripe_charge_id FROM refund WHERE id = :id")
        .param("id", refundId)
        .query((row, _) -> origin(row))
        .optional();
  }

  /**
   * What somebody has asked for by hand after that time, by currency. Their requests wait for each
   * other until the transaction ends, so that two at once are judged together.
   */
  List<Money> lockAskedBy(UUID accountId, Instant time) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "refunds asked for by " + accountId)
        .query((_, _) -> true)
        .single();
    return jdbc.sql(
            """
            SELECT currency, sum(amount_minor)::bigint AS amount_minor
            FROM refund
            WHERE requested_by = :accountId AND requested_at > :time
            GROUP BY currency
            """)
        .param("accountId", accountId)
        .param("time", Parameters.instant(time))
        .query(
            (row, _) -> new Money(row.getLong("amount_minor"), Columns.currency(row, "currency")))
        .list();
  }

  /** All of some money, oldest first; the caller has locked the payment. */
  List<Refund> of(Refund.Origin origin) {
    Map<UUID, List<RefundAttempt>> attempts = attempts(origin.paymentId());
    if (attempts.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<TicketShare>> shares = shares(origin.paymentId());
    return jdbc.sql(
            """
            SELECT id, payment_id, stripe_charge_id, cause, reason, requested_by, requested_as,
                   currency, suspense_minor,
                   status, requested_at, next_attempt_at, succeeded_at
            FROM refund
            WHERE payment_id = :paymentId AND stripe_charge_id IS NOT DISTINCT FROM :chargeId
            ORDER BY requested_at, id
            """)
        .param("paymentId", origin.paymentId())
        .param("chargeId", Parameters.text(origin.chargeId()))
        .query((row, _) -> read(row, shares, attempts))
        .list();
  }

  /** The refund of a payment about which a break was opened under this id. */
  Optional<UUID> withBreak(UUID paymentId, String breakId) {
    return jdbc.sql(
            """
            SELECT DISTINCT refund.id
            FROM refund JOIN refund_attempt ON refund_attempt.refund_id = refund.id
            WHERE payment_id = :paymentId
              AND (stripe_refund_id = :breakId OR 'refund:' || refund.id = :breakId)
            """)
        .param("paymentId", paymentId)
        .param("breakId", breakId)
        .query(UUID.class)
        .optional();
  }

  /** Adds a refund with its shares and its first attempt. */
  void insert(Refund refund) {
    AskedBy asked = refund.asked();
    jdbc.sql(
            """
            WITH added AS (
                INSERT INTO refund (
                    id, payment_id, organization_id, stripe_charge_id, cause, reason, requested_by,
                    requested_as, currency, amount_minor, suspense_minor, requested_at, status, next_attempt_at)
                SELECT
                    :id, id, organization_id, :chargeId, :cause, :reason, :requestedBy,
                    :requestedAs, :currency, :amount, :suspense, :requestedAt, :status, :nextAttemptAt
                FROM payment WHERE id = :paymentId
                RETURNING id, requested_at, status),
            noted AS (
                INSERT INTO refund_history (refund_id, occurred_at, status)
                SELECT id, requested_at, status FROM added),
            tried AS (
                INSERT INTO refund_attempt (refund_id, number, idempotency_key)
                SELECT added.id, :number, :idempotencyKey FROM added)
            INSERT INTO refund_line (refund_id, ticket_id, amount_minor, fee_minor)
            SELECT added.id, share.ticket_id, share.amount, share.fee
            FROM added CROSS JOIN unnest(:ticketIds, :amounts, :fees)
                AS share (ticket_id, amount, fee)
            """)
        .param("id", refund.id())
        .param("paymentId", refund.paymentId())
        .param("chargeId", Parameters.text(refund.origin().chargeId()))
        .param("cause", Parameters.constant(refund.cause()))
        .param("reason", Parameters.text(asked == null ? null : asked.reason()))
        .param("requestedBy", Parameters.uuid(asked == null ? null : asked.accountId()))
        .param("requestedAs", Parameters.constant(asked == null ? null : asked.role()))
        .param("suspense", refund.shares().suspenseShare().amountMinor())
        .param("currency", Parameters.currency(refund.amount().currency()))
        .param("amount", refund.amount().amountMinor())
        .param("requestedAt", Parameters.instant(refund.requestedAt()))
        .param("status", Parameters.constant(refund.status()))
        .param("nextAttemptAt", Parameters.instant(refund.progress().nextAttemptAt()))
        .param("number", refund.current().number())
        .param("idempotencyKey", refund.idempotencyKey(refund.current()))
        .params(lines(refund))
        .update();
  }

  /** Saves that less is owed. */
  void saveShares(Refund refund) {
    jdbc.sql(
            """
            WITH changed AS (
                UPDATE refund SET amount_minor = :amount, suspense_minor = :suspense WHERE id = :id),
            gone AS (
                DELETE FROM refund_line
                WHERE refund_id = :id AND ticket_id <> ALL (:ticketIds))
            UPDATE refund_line SET amount_minor = share.amount, fee_minor = share.fee
            FROM unnest(:ticketIds, :amounts, :fees) AS share (ticket_id, amount, fee)
            WHERE refund_id = :id AND refund_line.ticket_id = share.ticket_id
            """)
        .param("id", refund.id())
        .param("amount", refund.amount().amountMinor())
        .param("suspense", refund.shares().suspenseShare().amountMinor())
        .params(lines(refund))
        .update();
  }

  private static Map<String, Object> lines(Refund refund) {
    List<TicketShare> tickets = refund.shares().tickets().tickets();
    return Map.of(
        "ticketIds",
        Parameters.uuids(tickets, TicketShare::ticketId),
        "amounts",
        Parameters.bigints(tickets, share -> share.amount().amountMinor()),
        "fees",
        Parameters.bigints(tickets, share -> share.fee().amountMinor()));
  }

  /**
   * Saves what changes about a refund: its state and its attempts.
   *
   * @param firstCheckAt when Stripe is asked about an attempt that it has just answered
   */
  void save(Refund refund, Instant firstCheckAt) {
    Refund.Progress progress = refund.progress();
    jdbc.sql(
            """
            WITH noted AS (
                INSERT INTO refund_history (refund_id, occurred_at, status)
                SELECT id, :now, :status FROM refund WHERE id = :id AND status <> :status)
            UPDATE refund
            SET status = :status, next_attempt_at = :nextAttemptAt, succeeded_at = :succeededAt
            WHERE id = :id
            """)
        .param("id", refund.id())
        .param("now", Parameters.instant(clock.instant()))
        .param("status", Parameters.constant(progress.status()))
        .param("nextAttemptAt", Parameters.instant(progress.nextAttemptAt()))
        .param("succeededAt", Parameters.instant(progress.succeededAt()))
        .update();
    for (RefundAttempt attempt : progress.attempts()) {
      save(refund, attempt, firstCheckAt);
    }
  }

  /** An attempt that is planned to be checked stays so. */
  private void save(Refund refund, RefundAttempt attempt, Instant firstCheckAt) {
    jdbc.sql(
            """
            INSERT INTO refund_attempt (
                refund_id, number, idempotency_key, sent_at, last_sent_at, stripe_refund_id,
                stripe_status, failure, settled, next_check_at)
            VALUES (
                :refundId, :number, :idempotencyKey, :sentAt, :lastSentAt, :stripeRefundId,
                :stripeStatus, :failure, :settled, :nextCheckAt)
            ON CONFLICT (refund_id, number) DO UPDATE
            SET sent_at = excluded.sent_at, last_sent_at = excluded.last_sent_at,
                stripe_refund_id = excluded.stripe_refund_id,
                stripe_status = excluded.stripe_status, failure = excluded.failure,
                settled = excluded.settled,
                next_check_at = coalesce(refund_attempt.next_check_at, excluded.next_check_at)
            """)
        .param("refundId", refund.id())
        .param("number", attempt.number())
        .param("idempotencyKey", refund.idempotencyKey(attempt))
        .param("sentAt", Parameters.instant(attempt.sentAt()))
        .param("lastSentAt", Parameters.instant(attempt.lastSentAt()))
        .param("stripeRefundId", Parameters.text(attempt.stripeRefundId()))
        .param("stripeStatus", Parameters.constant(attempt.stripeStatus()))
        .param("failure", Parameters.text(attempt.failure()))
        .param("settled", attempt.settled())
        .param("nextCheckAt", Parameters.instant(attempt.isAnswered() ? firstCheckAt : null))
        .update();
  }

  /** Keeps where Stripe asks the buyer of an attempt, which is sent for the first time. */
  void keepInstructionsEmail(UUID refundId, int number, String email) {
    jdbc.sql(
            """
            UPDATE refund_attempt SET instructions_email = :email
            WHERE refund_id = :refundId AND number = :number
            """)
        .param("email", email)
        .param("refundId", refundId)
        .param("number", number)
        .update();
  }

  /** Where Stripe asks the buyer of an attempt, as it was sent first. */
  Optional<String> instructionsEmail(UUID refundId, int number) {
    return jdbc.sql(
            """
            SELECT instructions_email FROM refund_attempt
            WHERE refund_id = :refundId AND number = :number AND instructions_email IS NOT NULL
            """)
        .param("refundId", refundId)
        .param("number", number)
        .query(String.class)
        .optional();
  }

  /**
   * Refunds whose attempt is due: those that were opened again, or whose task was lost.
   *
   * @param nextTurnAt when each has its next turn, unless it has been sent by then
   */
  List<UUID> due(Instant now, Instant nextTurnAt, int maxRows) {
    return jdbc.sql(
            """
            UPDATE refund SET next_attempt_at = :nextTurnAt
            WHERE id = ANY (ARRAY(
                SELECT id FROM refund WHERE status = 'requested' AND next_attempt_at <= :now
                ORDER BY next_attempt_at LIMIT :maxRows FOR UPDATE SKIP LOCKED))
            RETURNING id
            """)
        .param("now", Parameters.instant(now))
        .param("nextTurnAt", Parameters.instant(nextTurnAt))
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  /** Attempts that Stripe should be asked about, longest due first. */
  List<Unsettled> unsettled(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT refund_id, number, stripe_refund_id, checks FROM refund_attempt
            WHERE stripe_refund_id IS NOT NULL AND NOT settled AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Unsettled(
                Columns.uuid(row, "refund_id"),
                row.getInt("number"),
                row.getString("stripe_refund_id"),
                row.getInt("checks")))
        .list();
  }

  /** Stripe's ids of the attempts at a refund that are not settled. */
  List<String> unsettledAtStripe(UUID refundId) {
    return jdbc.sql(
            """
            SELECT stripe_refund_id FROM refund_attempt
            WHERE refund_id = :id AND stripe_refund_id IS NOT NULL AND NOT settled ORDER BY number
            """)
        .param("id", refundId)
        .query((row, _) -> row.getString("stripe_refund_id"))
        .list();
  }

  void checkAgain(Unsettled unsettled, Instant nextCheckAt) {
    jdbc.sql(
            """
            UPDATE refund_attempt SET checks = checks + 1, next_check_at = :at
            WHERE refund_id = :refundId AND number = :number
            """)
        .param("refundId", unsettled.refundId())
        .param("number", unsettled.attempt())
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }

  private Map<UUID, List<TicketShare>> shares(UUID paymentId) {
    return jdbc
        .sql(
            """
            SELECT refund_id, ticket_id, currency, refund_line.amount_minor, fee_minor
            FROM refund_line JOIN refund ON refund.id = refund_line.refund_id
            WHERE payment_id = :paymentId
            """)
        .param("paymentId", paymentId)
        .query((row, _) ->
            new ShareRow(
                Columns.uuid(row, "refund_id"),
                new TicketShare(
                    Columns.uuid(row, "ticket_id"),
                    Columns.money(row, "amount_minor"),
                    Columns.money(row, "fee_minor"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                ShareRow::refundId, Collectors.mapping(ShareRow::share, Collectors.toList())));
  }

  private Map<UUID, List<RefundAttempt>> attempts(UUID paymentId) {
    return jdbc
        .sql(
            """
            SELECT refund_id, number, sent_at, last_sent_at, stripe_refund_id, stripe_status,
                   failure, settled
            FROM refund_attempt JOIN refund ON refund.id = refund_attempt.refund_id
            WHERE payment_id = :paymentId ORDER BY refund_id, number
            """)
        .param("paymentId", paymentId)
        .query((row, _) ->
            new AttemptRow(
                Columns.uuid(row, "refund_id"),
                new RefundAttempt(
                    row.getInt("number"),
                    Columns.instantOrNull(row, "sent_at"),
                    Columns.instantOrNull(row, "last_sent_at"),
                    row.getString("stripe_refund_id"),
                    Columns.constantOrNull(StripeRefund.Status.class, row, "stripe_status"),
                    row.getString("failure"),
                    row.getBoolean("settled"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                AttemptRow::refundId,
                Collectors.mapping(AttemptRow::attempt, Collectors.toList())));
  }

  private static Refund read(
      ResultSet row, Map<UUID, List<TicketShare>> shares, Map<UUID, List<RefundAttempt>> attempts)
      throws SQLException {
    UUID id = Columns.uuid(row, "id");
    return new Refund(
        id,
        origin(row),
        Columns.constant(RefundCause.class, row, "cause"),
        asked(row),
        new RefundShares(
            new TicketShares(shares.getOrDefault(id, List.of())),
            Columns.money(row, "suspense_minor")),
        Columns.instant(row, "requested_at"),
        new Refund.Progress(
            Columns.constant(RefundStatus.class, row, "status"),
            attempts.getOrDefault(id, List.of()),
            Columns.instantOrNull(row, "next_attempt_at"),
            Columns.instantOrNull(row, "succeeded_at")));
  }

  private static @Nullable AskedBy asked(ResultSet row) throws SQLException {
    UUID accountId = Columns.uuidOrNull(row, "requested_by");
    return accountId == null
        ? null
        : new AskedBy(
            row.getString("reason"),
            accountId,
            Columns.constant(AskedBy.Role.class, row, "requested_as"));
  }

  private static Refund.Origin origin(ResultSet row) throws SQLException {
    return new Refund.Origin(Columns.uuid(row, "payment_id"), row.getString("stripe_charge_id"));
  }
}
