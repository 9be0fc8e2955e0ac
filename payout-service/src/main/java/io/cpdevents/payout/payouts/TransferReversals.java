package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.TransferReversal.Attempt;
import io.cpdevents.payout.payouts.TransferReversal.Progress;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about transfers that are taken back from accounts that are not connected any more. */
@Component
class TransferReversals {

  private final JdbcClient jdbc;

  TransferReversals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Payouts that have ended and may have left money on an account that is not connected any more,
   * and of which Stripe has not answered whether it takes the transfer back; oldest first. A
   * transfer is taken back once, so nothing may be on its way from there that would lie there again
   * if it does not arrive.
   */
  List<UUID> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT p.id
            FROM payout p
            JOIN payout_account a ON a.stripe_id = p.account_id AND a.status = 'disconnected'
            LEFT JOIN transfer_reversal r ON r.payout_id = p.id
            WHERE p.status IN ('failed', 'cancelled') AND p.transfer_id IS NOT NULL
              AND (r.next_try_at <= :now
                   OR (r.payout_id IS NULL
                       AND NOT EXISTS (SELECT FROM payout sent
                                       WHERE sent.account_id = p.account_id
                                         AND sent.currency = p.currency
                                         AND sent.status IN ('in-transit', 'unconfirmed'))))
            ORDER BY p.requested_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  Optional<TransferReversal> find(UUID payoutId) {
    return jdbc.sql("SELECT * FROM transfer_reversal WHERE payout_id = :payoutId")
        .param("payoutId", payoutId)
        .query((row, _) ->
            new TransferReversal(
                payoutId,
                row.getLong("amount_minor"),
                Columns.instant(row, "requested_at"),
                Columns.constant(TransferReversalStatus.class, row, "status"),
                new Attempt(row.getInt("attempt"), Columns.instant(row, "sent_at")),
                new Progress(
                    Columns.instantOrNull(row, "next_try_at"),
                    row.getString("stripe_id"),
                    row.getString("refused_because"))))
        .optional();
  }

  /** What is being taken back from an account, and not answered yet, in minor units. */
  long underWayMinor(String accountId, String currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(r.amount_minor), 0)::bigint
            FROM transfer_reversal r JOIN payout p ON p.id = r.payout_id
            WHERE p.account_id = :accountId AND p.currency = :currency
              AND r.status = 'sent'
            """)
        .param("accountId", accountId)
        .param("currency", currency)
        .query(Long.class)
        .single();
  }

  /** Whether Stripe has still to answer about a transfer to this account. */
  boolean isUnderWay(String accountId, String currency) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM payout p LEFT JOIN transfer_reversal r ON r.payout_id = p.id
              WHERE p.account_id = :accountId AND p.currency = :currency
                AND p.status IN ('failed', 'cancelled') AND p.transfer_id IS NOT NULL
                AND (r.payout_id IS NULL OR r.status = 'sent'))
            """)
        .param("accountId", accountId)
        .param("currency", currency)
        .query(Boolean.class)
        .single();
  }

  /** Saves the reversal, which may be a new one. */
  void save(TransferReversal reversal) {
    jdbc.sql(
            """
            INSERT INTO transfer_reversal (payout_id, amount_minor, requested_at, status, attempt,
                                           sent_at, next_try_at, stripe_id, refused_because)
            VALUES (:payoutId, :amountMinor, :requestedAt, :status, :attempt, :sentAt, :nextTryAt,
                    :stripeId, :refusedBecause)
            ON CONFLICT (payout_id) DO UPDATE
            SET status = excluded.status, attempt = excluded.attempt, sent_at = excluded.sent_at,
                next_try_at = excluded.next_try_at, stripe_id = excluded.stripe_id, refused_because = excluded.refused_because
            """)
        .param("payoutId", reversal.payoutId())
        .param("amountMinor", reversal.amountMinor())
        .param("requestedAt", Parameters.instant(reversal.requestedAt()))
        .param("status", Parameters.constant(reversal.status()))
        .param("attempt", reversal.attempt().number())
        .param("sentAt", Parameters.instant(reversal.attempt().sentAt()))
        .param("nextTryAt", Parameters.instant(reversal.progress().nextTryAt()))
        .param("stripeId", Parameters.text(reversal.progress().stripeId()))
        .param("refusedBecause", Parameters.text(reversal.progress().refusedBecause()))
        .update();
  }
}
