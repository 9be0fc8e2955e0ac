package io.cpdevents.payout.statements;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.text.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about statements. */
@Component
class Statements {

  private final JdbcClient jdbc;

  Statements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The entries that a payout pays, oldest first. */
  List<StatementLine> lines(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT n.*, e.title
            FROM payout_entry t
            JOIN entry n ON n.id = t.entry_id
            LEFT JOIN event e ON e.id = n.event_id
            WHERE t.payout_id = :payoutId
            ORDER BY n.occurred_at, n.id
            """)
        .param("payoutId", payoutId)
        .query((row, _) -> line(row))
        .list();
  }

  /** What a payout pays besides its entries. */
  Money carriedOver(UUID payoutId) {
    return jdbc.sql("SELECT carried_over_minor, currency FROM payout WHERE id = :payoutId")
        .param("payoutId", payoutId)
        .query((row, _) -> Columns.money(row, "carried_over_minor"))
        .single();
  }

  /** A payout with the entries that it pays, oldest first. */
  Optional<PayoutEntriesView> entries(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT p.*, (
                SELECT earlier.id FROM payout earlier
                WHERE earlier.organization_id = p.organization_id
                    AND earlier.currency = p.currency
                    AND (earlier.requested_at, earlier.id) < (p.requested_at, p.id)
                ORDER BY earlier.requested_at DESC, earlier.id DESC LIMIT 1) AS carried_over_from
            FROM payout p WHERE p.id = :payoutId
            """)
        .param("payoutId", payoutId)
        .query((row, _) ->
            new PayoutEntriesView(
                payoutId,
                Columns.uuid(row, "organization_id"),
                Columns.money(row, "amount_minor"),
                Columns.money(row, "carried_over_minor"),
                Columns.uuidOrNull(row, "carried_over_from"),
                Columns.money(row, "kept_minor"),
                Columns.instant(row, "requested_at"),
                row.getString("bank_payout_id"),
                entriesOf(payoutId)))
        .optional();
  }

  private List<PayoutEntriesView.Entry> entriesOf(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT n.id, n.journal_id, n.journal_kind, n.payment_id, n.amount_minor, n.currency
            FROM payout_entry t JOIN entry n ON n.id = t.entry_id
            WHERE t.payout_id = :payoutId ORDER BY n.occurred_at, n.id
            """)
        .param("payoutId", payoutId)
        .query((row, _) ->
            new PayoutEntriesView.Entry(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "journal_id"),
                row.getString("journal_kind"),
                Columns.uuidOrNull(row, "payment_id"),
                Columns.money(row, "amount_minor")))
        .list();
  }

  /** The name of an organization, if it is known. */
  Optional<String> organizationName(UUID organizationId) {
    return jdbc.sql("SELECT name FROM organization WHERE id = :organizationId")
        .param("organizationId", organizationId)
        .query(String.class)
        .optional();
  }

  private static StatementLine line(ResultSet row) throws SQLException {
    Money net = Columns.money(row, "amount_minor");
    Money fee = Columns.money(row, "platform_fee_minor");
    UUID registrationId = Columns.uuidOrNull(row, "registration_id");
    return new StatementLine(
        StatementLine.Kind.of(row.getString("journal_kind")),
        registrationId,
        registrationId == null ? null : Reference.of(registrationId),
        row.getString("title"),
        net.plus(fee),
        fee,
        net,
        Columns.instant(row, "occurred_at"));
  }
}
