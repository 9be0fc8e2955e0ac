package io.cpdevents.billing.finance;

import io.cpdevents.billing.database.Timestamps;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What platform finance sees of the ledger. */
@Component
public class FinanceQueries {

  private record JournalRow(
      UUID id, String kind, String businessId, Instant occurredAt, Instant recordedAt) {}

  private record PostingRow(UUID journalId, AccountView posting) {}

  private final JdbcClient jdbc;

  FinanceQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Every account: organizations' from their rows, the platform's folded from postings. */
  public List<AccountView> accounts() {
    return jdbc.sql(
            """
            SELECT account, currency, amount_minor FROM account_balance
            UNION ALL
            SELECT account, currency, CAST(sum(amount_minor) AS bigint) FROM posting
            WHERE account NOT LIKE '%:%'
            GROUP BY account, currency
            ORDER BY account, currency
            """)
        .query((row, number) ->
            new AccountView(
                row.getString("account"), row.getString("currency"), row.getLong("amount_minor")))
        .list();
  }

  /** The journals, newest first. */
  public Page<JournalView> journals(PageRequest page) {
    List<JournalRow> rows =
        jdbc.sql(
                """
                SELECT id, kind, business_id, occurred_at, recorded_at FROM journal
                WHERE CAST(:at AS timestamptz) IS NULL OR (recorded_at, id) < (:at, :id)
                ORDER BY recorded_at DESC, id DESC LIMIT :most
                """)
            .param("at", at(page), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("id", page.after().map(Cursor::id).orElse(null), Types.OTHER)
            .param("most", page.rowsToFetch())
            .query((row, number) ->
                new JournalRow(
                    row.getObject("id", UUID.class),
                    row.getString("kind"),
                    row.getString("business_id"),
                    Timestamps.read(row, "occurred_at"),
                    Timestamps.read(row, "recorded_at")))
            .list();
    Map<UUID, List<AccountView>> postings = postings(rows.stream().map(JournalRow::id).toList());
    return Page.of(rows, page, row -> new Cursor(row.recordedAt(), row.id()))
        .map(row ->
            new JournalView(
                row.id(),
                row.kind(),
                row.businessId(),
                row.occurredAt(),
                postings.getOrDefault(row.id(), List.of())));
  }

  /** The open breaks, newest first. */
  public Page<BreakView> openBreaks(PageRequest page) {
    List<BreakView> rows =
        jdbc.sql(
                """
                SELECT id, kind, stripe_id, payment_id, currency, amount_minor, suggested_action,
                       opened_at
                FROM ledger_break
                WHERE resolved_at IS NULL
                  AND (CAST(:at AS timestamptz) IS NULL OR (opened_at, id) < (:at, :id))
                ORDER BY opened_at DESC, id DESC LIMIT :most
                """)
            .param("at", at(page), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("id", page.after().map(Cursor::id).orElse(null), Types.OTHER)
            .param("most", page.rowsToFetch())
            .query((row, number) ->
                new BreakView(
                    row.getObject("id", UUID.class),
                    row.getString("kind"),
                    row.getString("stripe_id"),
                    row.getObject("payment_id", UUID.class),
                    Money.of(row.getLong("amount_minor"), row.getString("currency")),
                    row.getString("suggested_action"),
                    Timestamps.read(row, "opened_at")))
            .list();
    return Page.of(rows, page, row -> new Cursor(row.openedAt(), row.id()));
  }

  private Map<UUID, List<AccountView>> postings(List<UUID> journals) {
    if (journals.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT journal_id, account, currency, amount_minor FROM posting
            WHERE journal_id IN (:journals) ORDER BY journal_id, position
            """)
        .param("journals", journals)
        .query((row, number) ->
            new PostingRow(
                row.getObject("journal_id", UUID.class),
                new AccountView(
                    row.getString("account"),
                    row.getString("currency"),
                    row.getLong("amount_minor"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                PostingRow::journalId,
                Collectors.mapping(PostingRow::posting, Collectors.toList())));
  }

  private static @Nullable OffsetDateTime at(PageRequest page) {
    Optional<Instant> at = page.after().map(Cursor::at);
    return at.map(Timestamps::at).orElse(null);
  }
}
