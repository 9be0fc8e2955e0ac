package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about balance transactions and journals of open days that do not match. */
@Component
class Mismatches {

  private static final int MAX_BREAKS_PER_KIND = 1_000;

  private final JdbcClient jdbc;

  Mismatches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Transactions without a journal that were mirrored before this (system) time. */
  List<OpenBreak.Command> notBooked(Instant mirroredBefore) {
    return transactions(
        BreakKind.NOT_BOOKED,
        "net_minor",
        "journal_id IS NULL AND (net_minor <> 0 OR fee_minor <> 0) AND mirrored_at < :before",
        mirroredBefore);
  }

  /** Transactions whose journal moves another amount. */
  List<OpenBreak.Command> bookedOtherwise(Instant mirroredBefore) {
    return transactions(
        BreakKind.BOOKED_OTHERWISE,
        "net_minor - ledger_minor",
        "journal_id IS NOT NULL AND net_minor <> ledger_minor AND mirrored_at < :before",
        mirroredBefore);
  }

  private List<OpenBreak.Command> transactions(
      BreakKind kind, String amount, String condition, Instant before) {
    return jdbc.sql(
            """
            SELECT id, currency, %s AS amount, created_at
            FROM matched_transaction WHERE closed_on IS NULL AND %s
            ORDER BY created_at LIMIT :rows
            """
                .formatted(amount, condition))
        .param("before", Parameters.instant(before))
        .param("rows", MAX_BREAKS_PER_KIND)
        .query((row, _) ->
            new OpenBreak.Command(
                kind,
                row.getString("id"),
                null,
                Columns.money(row, "amount"),
                Columns.instant(row, "created_at")))
        .list();
  }

  /** Transactions that Stripe did not list, as far as the mirror still has them. */
  List<OpenBreak.Command> notAtStripe() {
    return jdbc.sql(
            """
            SELECT mirrored.id, mirrored.currency, net_minor AS amount, created_at
            FROM ledger_break JOIN balance_transaction mirrored ON mirrored.id = stripe_id
            WHERE kind = :kind AND resolved_at IS NULL
            """)
        .param("kind", Parameters.constant(BreakKind.NOT_AT_STRIPE))
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.NOT_AT_STRIPE,
                row.getString("id"),
                null,
                Columns.money(row, "amount"),
                Columns.instant(row, "created_at")))
        .list();
  }

  /** Journals of this time and later that move {@code stripe} and are of no transaction. */
  List<OpenBreak.Command> bookedWithoutTransaction(Instant from) {
    return jdbc.sql(
            """
            SELECT kind || ':' || business_id AS about, currency, sum(amount_minor) AS amount,
                   min(recorded_at) AS recorded_at
            FROM journal JOIN posting ON journal_id = journal.id AND account = 'stripe'
            WHERE recorded_at >= :from
                AND (kind <> 'balance-transaction' OR NOT EXISTS (
                    SELECT FROM balance_transaction WHERE balance_transaction.id = business_id))
            GROUP BY 1, 2 ORDER BY 4 LIMIT :rows
            """)
        .param("from", Parameters.instant(from))
        .param("rows", MAX_BREAKS_PER_KIND)
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.BOOKED_WITHOUT_TRANSACTION,
                row.getString("about"),
                null,
                Columns.money(row, "amount"),
                Columns.instant(row, "recorded_at")))
        .list();
  }

  /**
   * Transactions of charges and refunds whose journals take away what no other journal has brought:
   * the one of the capture, or of the refund that is owed, is missing.
   */
  List<OpenBreak.Command> causeNotBooked() {
    return jdbc.sql(
            """
            SELECT matched.id, cleared.currency, cleared.amount_minor AS amount, matched.created_at
            FROM matched_transaction matched
            JOIN journal ON journal.id = matched.journal_id
            JOIN posting cleared
                ON cleared.journal_id = journal.id AND account IN ('awaiting-stripe', 'refunds')
            WHERE closed_on IS NULL AND (account = 'awaiting-stripe' OR refund_id IS NOT NULL)
                AND NOT EXISTS (
                    SELECT FROM journal cause
                    WHERE cause.kind = 'payment-captured'
                        AND cause.business_id = journal.payment_id::text
                        AND account = 'awaiting-stripe')
                AND NOT EXISTS (
                    SELECT FROM journal cause
                    WHERE cause.kind IN ('capture-quarantined', 'invoice-paid')
                        AND cause.business_id = matched.source AND account = 'awaiting-stripe')
                AND NOT EXISTS (
                    SELECT FROM journal cause
                    WHERE cause.kind = 'refund-accepted'
                        AND cause.business_id = journal.refund_id::text
                        AND account = 'refunds')
            ORDER BY matched.created_at LIMIT :rows
            """)
        .param("rows", MAX_BREAKS_PER_KIND)
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.CAUSE_NOT_BOOKED,
                row.getString("id"),
                null,
                Columns.money(row, "amount"),
                Columns.instant(row, "created_at")))
        .list();
  }

  /**
   * Journals that are not what their seals say that was posted: changed, removed or slipped in.
   * Looked at are those of this time and later, and those of which that was found already.
   */
  List<OpenBreak.Command> journalChanged(Instant from) {
    return changed(
        """
        SELECT kind, business_id FROM journal_seal WHERE recorded_at >= :from
        UNION
        SELECT kind, business_id FROM journal WHERE recorded_at >= :from
        UNION
        SELECT split_part(stripe_id, ':', 1), substr(stripe_id, strpos(stripe_id, ':') + 1)
        FROM ledger_break WHERE kind = 'journal-changed' AND resolved_at IS NULL
        """,
        from,
        from);
  }

  /** The same of a time. */
  List<OpenBreak.Command> journalChanged(Instant from, Instant until) {
    return changed(
        """
        SELECT kind, business_id FROM journal_seal
        WHERE recorded_at >= :from AND recorded_at < :until
        UNION
        SELECT kind, business_id FROM journal WHERE recorded_at >= :from AND recorded_at < :until
        """,
        from,
        until);
  }

  private List<OpenBreak.Command> changed(String looked, Instant from, Instant until) {
    return jdbc.sql(
            """
            WITH looked AS (%s)
            SELECT kind || ':' || business_id AS about,
                   coalesce(seal.recorded_at, journal.recorded_at) AS recorded_at,
                   coalesce(seal.currency, lines.currency, 'XXX') AS currency,
                   coalesce(seal.amount_minor, lines.amount_minor, 0) AS amount
            FROM looked
            LEFT JOIN journal_seal seal USING (kind, business_id)
            LEFT JOIN journal USING (kind, business_id)
            CROSS JOIN LATERAL (
                SELECT jsonb_agg(
                           jsonb_build_array(position, account, posting.currency, amount_minor)
                           ORDER BY position) AS lines,
                       min(posting.currency) AS currency, max(amount_minor) AS amount_minor
                FROM posting WHERE journal_id = journal.id) lines
            WHERE coalesce(seal.journal_id, journal.id) IS NOT NULL
                AND (hash IS DISTINCT FROM journal_hash(
                         kind, business_id, payment_id, refund_id, dispute_id, payout_id,
                         lines.lines)
                     OR (seal.journal_id = journal.id
                         AND (seal.occurred_at, seal.recorded_at)
                             <> (journal.occurred_at, journal.recorded_at)))
            ORDER BY 2 LIMIT :rows
            """
                .formatted(looked))
        .param("from", Parameters.instant(from))
        .param("until", Parameters.instant(until))
        .param("rows", MAX_BREAKS_PER_KIND)
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.JOURNAL_CHANGED,
                row.getString("about"),
                null,
                Columns.money(row, "amount"),
                Columns.instant(row, "recorded_at")))
        .list();
  }
}
