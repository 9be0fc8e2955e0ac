package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that decides about disputes. */
@Component
class Disputes {

  /**
   * A dispute of which something more is expected.
   *
   * @param checks how often Stripe has been asked about it
   */
  record Unsettled(UUID id, String stripeId, int checks) {}

  private static final String SELECT =
      """
      SELECT dispute.*, payment.currency AS payment_currency
      FROM dispute JOIN payment ON payment.id = dispute.payment_id
      """;

  private final JdbcClient jdbc;

  Disputes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The payment of this dispute. */
  Optional<UUID> paymentOf(UUID id) {
    return jdbc.sql("SELECT payment_id FROM dispute WHERE id = :id")
        .param("id", id)
        .query(UUID.class)
        .optional();
  }

  /** The dispute with this id; whoever changes it has locked its payment. */
  Optional<Dispute> find(UUID id) {
    return jdbc.sql(SELECT + " WHERE dispute.id = :id")
        .param("id", id)
        .query(this::read)
        .optional();
  }

  /** The dispute with this id at Stripe; whoever changes it has locked its payment. */
  Optional<Dispute> findByStripeId(String stripeId) {
    return jdbc.sql(SELECT + " WHERE stripe_dispute_id = :stripeId")
        .param("stripeId", stripeId)
        .query(this::read)
        .optional();
  }

  /**
   * Adds a dispute; what changes about it is saved after that.
   *
   * @param firstCheckAt when Stripe is asked about it, unless it is settled by then
   */
  void insert(Dispute dispute, PaidRegistration registration, Instant firstCheckAt) {
    jdbc.sql(
            """
            INSERT INTO dispute (
                id, stripe_dispute_id, payment_id, registration_id, organization_id, event_id,
                opened_at, currency, amount_minor, reason, stripe_status, status, closed_at,
                awaits_evidence, under_review, submissions, taken_currency, taken_minor,
                balance_transaction_ids, booking, changes, at_stake_minor, settled, next_check_at)
            VALUES (
                :id, :stripeId, :paymentId, :registrationId, :organizationId, :eventId,
                :openedAt, :currency, :amount, :reason, :stripeStatus, :status, :closedAt,
                false, false, 0, :currency, 0,
                '{}', 'none', 0, 0, false, :nextCheckAt)
            """)
        .param("id", dispute.id())
        .param("stripeId", dispute.stripeId())
        .param("paymentId", dispute.paymentId())
        .param("registrationId", registration.id())
        .param("organizationId", registration.organizationId())
        .param("eventId", registration.eventId())
        .param("openedAt", Parameters.instant(dispute.openedAt()))
        .param("currency", Parameters.currency(dispute.claim().amount().currency()))
        .param("amount", dispute.claim().amount().amountMinor())
        .param("reason", dispute.claim().reason())
        .param("stripeStatus", dispute.claim().stripeStatus())
        .param("status", Parameters.constant(dispute.status()))
        .param("closedAt", Parameters.instant(dispute.closedAt()))
        .param("nextCheckAt", Parameters.instant(firstCheckAt))
        .update();
  }

  /** Saves what changes about a dispute. */
  void save(Dispute dispute, Money atStake, Instant now) {
    Dispute.Claim claim = dispute.claim();
    DisputeMoney money = dispute.money();
    jdbc.sql(
            """
            UPDATE dispute
            SET currency = :currency, amount_minor = :amount, reason = :reason,
                stripe_status = :stripeStatus, status = :status, closed_at = :closedAt,
                due_by = :dueBy, awaits_evidence = :awaitsEvidence, under_review = :underReview,
                submissions = :submissions,
                submitted_at =
                    CASE WHEN :underReview THEN coalesce(submitted_at, :now)
                    ELSE submitted_at END,
                next_reminder_at = :nextReminderAt, taken_currency = :takenCurrency,
                taken_minor = :taken, balance_transaction_ids = :transactionIds,
                booking = :booking, changes = :changes, written_off_minor = :writtenOff,
                at_stake_minor = :atStake, settled = :settled
            WHERE id = :id
            """)
        .param("id", dispute.id())
        .param("currency", Parameters.currency(claim.amount().currency()))
        .param("amount", claim.amount().amountMinor())
        .param("reason", claim.reason())
        .param("stripeStatus", claim.stripeStatus())
        .param("status", Parameters.constant(dispute.status()))
        .param("closedAt", Parameters.instant(dispute.closedAt()))
        .param("dueBy", Parameters.instant(claim.dueBy()))
        .param("awaitsEvidence", claim.awaitsEvidence())
        .param("underReview", claim.underReview())
        .param("submissions", claim.submissions())
        .param("now", Parameters.instant(now))
        .param("nextReminderAt", Parameters.instant(dispute.nextReminderAt()))
        .param("takenCurrency", Parameters.currency(money.taken().currency()))
        .param("taken", money.taken().amountMinor())
        .param("transactionIds", Parameters.texts(money.transactionIds(), id -> id))
        .param("booking", Parameters.constant(money.booking()))
        .param("changes", money.changes())
        .param("writtenOff", money.writtenOff().amountMinor())
        .param("atStake", atStake.amountMinor())
        .param("settled", dispute.isSettled())
        .update();
    saveLines(dispute.id(), money.shares());
  }

  private void saveLines(UUID id, TicketShares shares) {
    jdbc.sql("DELETE FROM dispute_line WHERE dispute_id = :id").param("id", id).update();
    jdbc.sql(
            """
            INSERT INTO dispute_line (dispute_id, position, ticket_id, amount_minor, fee_minor)
            SELECT :id, position, ticket_id, amount, fee
            FROM unnest(:ticketIds, :amounts, :fees) WITH ORDINALITY
                AS line (ticket_id, amount, fee, position)
            """)
        .param("id", id)
        .param("ticketIds", Parameters.uuids(shares.tickets(), TicketShare::ticketId))
        .param(
            "amounts", Parameters.bigints(shares.tickets(), share -> share.amount().amountMinor()))
        .param("fees", Parameters.bigints(shares.tickets(), share -> share.fee().amountMinor()))
        .update();
  }

  /**
   * Disputes that Stripe should be asked about, longest due first: those that are not settled, and
   * decided ones beside a refund that came to nothing after that. The buyer has that money by the
   * bank, so the refund gives way, and what people were asked about is found.
   */
  List<Unsettled> unsettled(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT id, stripe_dispute_id, checks FROM dispute
            WHERE next_check_at <= :now AND (NOT settled OR (
                status IN ('won', 'lost') AND taken_minor > 0 AND (
                    EXISTS (
                        SELECT FROM refund
                        WHERE refund.payment_id = dispute.payment_id
                            AND refund.stripe_charge_id IS NULL
                            AND refund.status IN ('requested', 'failed'))
                    OR (taken_minor > written_off_minor + (
                            SELECT coalesce(sum(dispute_line.amount_minor), 0) FROM dispute_line
                            WHERE dispute_line.dispute_id = dispute.id)
                        AND EXISTS (
                            SELECT FROM payment_line
                            WHERE payment_line.payment_id = dispute.payment_id
                                AND refunded_minor + disputed_minor < total_minor)))))
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Unsettled(
                Columns.uuid(row, "id"), row.getString("stripe_dispute_id"), row.getInt("checks")))
        .list();
  }

  void checkAgain(UUID id, Instant nextCheckAt) {
    jdbc.sql("UPDATE dispute SET checks = checks + 1, next_check_at = :at WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }

  /** How many wait for evidence that must be there soon. */
  long countUnanswered(Instant from, Instant until) {
    return jdbc.sql(
            """
            SELECT count(*) FROM dispute
            WHERE awaits_evidence AND due_by > :from AND due_by <= :until
            """)
        .param("from", Parameters.instant(from))
        .param("until", Parameters.instant(until))
        .query(Long.class)
        .single();
  }

  /** Disputes whose people are to be reminded, longest due first. */
  List<UUID> toRemind(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT id FROM dispute WHERE next_reminder_at <= :now
            ORDER BY next_reminder_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  private Dispute read(ResultSet row, int number) throws SQLException {
    UUID id = Columns.uuid(row, "id");
    return new Dispute(
        id,
        row.getString("stripe_dispute_id"),
        Columns.uuid(row, "payment_id"),
        Columns.instant(row, "opened_at"),
        new Dispute.Claim(
            Columns.money(row, "amount_minor"),
            row.getString("reason"),
            row.getString("stripe_status"),
            Columns.instantOrNull(row, "due_by"),
            row.getBoolean("awaits_evidence"),
            row.getBoolean("under_review"),
            row.getLong("submissions")),
        Columns.constant(DisputeStatus.class, row, "status"),
        Columns.instantOrNull(row, "closed_at"),
        Columns.instantOrNull(row, "next_reminder_at"),
        new DisputeMoney(
            new Money(row.getLong("taken_minor"), Columns.currency(row, "taken_currency")),
            texts(row.getArray("balance_transaction_ids")),
            Columns.constant(DisputeMoney.Booking.class, row, "booking"),
            shares(id, row.getString("payment_currency")),
            row.getInt("changes"),
            new Money(row.getLong("written_off_minor"), Columns.currency(row, "taken_currency"))));
  }

  private TicketShares shares(UUID id, String currency) {
    return new TicketShares(
        jdbc.sql(
                """
                SELECT ticket_id, amount_minor, fee_minor FROM dispute_line
                WHERE dispute_id = :id ORDER BY position
                """)
            .param("id", id)
            .query((row, _) ->
                new TicketShare(
                    Columns.uuid(row, "ticket_id"),
                    Money.of(row.getLong("amount_minor"), currency),
                    Money.of(row.getLong("fee_minor"), currency)))
            .list());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
