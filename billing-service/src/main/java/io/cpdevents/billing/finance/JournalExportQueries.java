package io.cpdevents.billing.finance;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The journals of a time, line by line, for accountants. */
@Component
public class JournalExportQueries {

  private record Position(Instant recordedAt, UUID id) {}

  private static final int MAX_BATCH_ROWS = 500;

  private final JdbcClient jdbc;

  JournalExportQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads every line that was recorded in a period, the oldest first. */
  public void read(Period period, Consumer<ExportedLine> reader) {
    Optional<Position> last = Optional.empty();
    while (true) {
      List<Position> journals = journals(period, last);
      if (journals.isEmpty()) {
        return;
      }
      lines(journals.stream().map(Position::id).toList()).forEach(reader);
      last = Optional.of(journals.getLast());
    }
  }

  private List<Position> journals(Period period, Optional<Position> last) {
    return jdbc.sql(
            "SELECT id, recorded_at FROM journal WHERE true"
                + period.condition("recorded_at")
                + (last.isEmpty() ? "" : " AND (recorded_at, id) > (:lastAt, :last)")
                + " ORDER BY recorded_at, id LIMIT :rows")
        .params(period.parameters())
        .param("lastAt", Parameters.instant(last.map(Position::recordedAt).orElse(null)))
        .param("last", Parameters.uuid(last.map(Position::id).orElse(null)))
        .param("rows", MAX_BATCH_ROWS)
        .query(
            (row, _) -> new Position(Columns.instant(row, "recorded_at"), Columns.uuid(row, "id")))
        .list();
  }

  private List<ExportedLine> lines(List<UUID> journals) {
    return jdbc.sql(
            """
            SELECT journal.id, position, journal.kind, business_id, journal.occurred_at,
                   journal.recorded_at, journal.payment_id, journal.refund_id, journal.dispute_id,
                   journal.payout_id, account, posting.currency,
                   posting.amount_minor, others.counterparts,
                   coalesce(owners.organization, payment.organization_id::text,
                            invoice.organization_id::text, '') AS organization_id,
                   concat_ws(' ',
                       CASE WHEN journal.kind LIKE '%balance-transaction'
                                OR journal.kind LIKE '%-identified'
                                OR journal.kind IN ('capture-quarantined', 'invoice-paid')
                            THEN business_id END,
                       coalesce(mirrored.source, connected.source),
                       payment.stripe_payment_intent_id,
                       CASE WHEN journal.kind = 'payment-captured' THEN charge.id END,
                       attempts.refunds, dispute.stripe_dispute_id, invoice.stripe_id)
                       AS stripe_ids
            FROM journal
            JOIN posting ON posting.journal_id = journal.id
            LEFT JOIN payment ON payment.id = journal.payment_id
            LEFT JOIN stripe_charge charge
                ON charge.stripe_payment_intent_id = payment.stripe_payment_intent_id
            LEFT JOIN dispute ON dispute.id = journal.dispute_id
            LEFT JOIN balance_transaction mirrored ON mirrored.id = business_id
            LEFT JOIN connected_transaction connected ON connected.id = business_id
            LEFT JOIN stripe_charge invoiced
                ON invoiced.id = coalesce(mirrored.source, business_id)
            LEFT JOIN invoice ON invoice.stripe_id = invoiced.stripe_invoice_id
            CROSS JOIN LATERAL (
                SELECT coalesce(string_agg(DISTINCT other.account, ' '), '') AS counterparts
                FROM posting other
                WHERE other.journal_id = journal.id AND other.currency = posting.currency
                    AND sign(other.amount_minor) <> sign(posting.amount_minor)) others
            CROSS JOIN LATERAL (
                SELECT min(split_part(own.account, ':', 2)) AS organization
                FROM posting own
                WHERE own.journal_id = journal.id AND own.account LIKE '%:%') owners
            CROSS JOIN LATERAL (
                SELECT string_agg(DISTINCT stripe_refund_id, ' ') AS refunds
                FROM refund_attempt
                WHERE refund_attempt.refund_id = journal.refund_id
                    AND stripe_refund_id IS DISTINCT FROM mirrored.source) attempts
            WHERE journal.id IN (:journals)
            ORDER BY journal.recorded_at, journal.id, position
            """)
        .param("journals", journals)
        .query(JournalExportQueries::read)
        .list();
  }

  private static ExportedLine read(ResultSet row, int number) throws SQLException {
    return new ExportedLine(
        Columns.uuid(row, "id"),
        row.getInt("position"),
        row.getString("kind"),
        row.getString("business_id"),
        Columns.instant(row, "occurred_at"),
        Columns.instant(row, "recorded_at"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.uuidOrNull(row, "refund_id"),
        Columns.uuidOrNull(row, "dispute_id"),
        Columns.uuidOrNull(row, "payout_id"),
        row.getString("account"),
        row.getString("currency"),
        row.getLong("amount_minor"),
        row.getString("counterparts"),
        row.getString("organization_id"),
        row.getString("stripe_ids"));
  }
}
