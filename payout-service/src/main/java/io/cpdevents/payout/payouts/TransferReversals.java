package io.cpdevents.payout.payouts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about transfers that are taken back from accounts that are not connected any more. */
@Component
class TransferReversals {

  /**
   * What is taken back of the transfer of a payout.
   *
   * @param nextTryAt null when Stripe has answered
   */
  record Stored(long amountMinor, @Nullable Instant nextTryAt) {}

  private final JdbcClient jdbc;

  TransferReversals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Payouts that have ended and may have left money on an account that is not connected any more,
   * and of which Stripe has not answered whether it takes the transfer back; oldest first.
   */
  List<UUID> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT p.id
            FROM payout p
            JOIN payout_account a ON a.stripe_id = p.account_id AND a.status = 'disconnected'
            LEFT JOIN transfer_reversal r ON r.payout_id = p.id
            WHERE p.status IN ('failed', 'cancelled') AND p.transfer_id IS NOT NULL
              AND (r.payout_id IS NULL OR r.next_try_at <= :now)
            ORDER BY p.requested_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  Optional<Stored> find(UUID payoutId) {
    return jdbc.sql("SELECT * FROM transfer_reversal WHERE payout_id = :payoutId")
        .param("payoutId", payoutId)
        .query((row, _) ->
            new Stored(row.getLong("amount_minor"), Columns.instantOrNull(row, "next_try_at")))
        .optional();
  }

  /** What is being taken back from an account, and not answered yet, in minor units. */
  long underWayMinor(String accountId, String currency) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(r.amount_minor), 0)::bigint
            FROM transfer_reversal r JOIN payout p ON p.id = r.payout_id
            WHERE p.account_id = :accountId AND p.currency = :currency
              AND r.next_try_at IS NOT NULL
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
                AND (r.payout_id IS NULL OR r.next_try_at IS NOT NULL))
            """)
        .param("accountId", accountId)
        .param("currency", currency)
        .query(Boolean.class)
        .single();
  }

  /** Stripe is about to be asked, and again at that time if it does not answer. */
  void send(UUID payoutId, long amountMinor, Instant nextTryAt) {
    jdbc.sql(
            """
            INSERT INTO transfer_reversal (payout_id, amount_minor, next_try_at)
            VALUES (:payoutId, :amountMinor, :nextTryAt)
            ON CONFLICT (payout_id) DO UPDATE SET next_try_at = excluded.next_try_at
            """)
        .param("payoutId", payoutId)
        .param("amountMinor", amountMinor)
        .param("nextTryAt", Parameters.instant(nextTryAt))
        .update();
  }

  /** Stripe has taken it back. */
  void made(UUID payoutId, String stripeId) {
    jdbc.sql(
            """
            UPDATE transfer_reversal SET stripe_id = :stripeId, next_try_at = NULL
            WHERE payout_id = :payoutId
            """)
        .param("payoutId", payoutId)
        .param("stripeId", stripeId)
        .update();
  }

  /** It is not taken back. */
  void refused(UUID payoutId, String because) {
    jdbc.sql(
            """
            INSERT INTO transfer_reversal (payout_id, amount_minor, refused_because)
            VALUES (:payoutId, 0, :because)
            ON CONFLICT (payout_id)
            DO UPDATE SET refused_because = excluded.refused_because, next_try_at = NULL
            """)
        .param("payoutId", payoutId)
        .param("because", because)
        .update();
  }
}
