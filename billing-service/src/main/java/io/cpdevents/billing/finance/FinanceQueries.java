package io.cpdevents.billing.finance;

import io.cpdevents.billing.finance.JournalView.PostingView;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What platform finance sees of the ledger. */
@Component
public class FinanceQueries {

  private record JournalRow(
      UUID id, JournalKind kind, String businessId, Instant occurredAt, Instant recordedAt) {}

  private record PostingRow(UUID journalId, PostingView posting) {}

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
            SELECT account, currency, amount_minor FROM folded_balance WHERE account NOT LIKE '%:%'
            ORDER BY account, currency
            """)
        .query((row, _) ->
            new AccountView(
                row.getString("account"),
                Columns.currency(row, "currency"),
                row.getLong("amount_minor")))
        .list();
  }

  /** Every account as it was at a time, from the postings until then. */
  public List<AccountView> accountsAsOf(Instant asOf) {
    return jdbc.sql(
            """
            SELECT account, currency, sum(amount_minor)::bigint AS amount_minor
            FROM posting JOIN journal ON journal.id = journal_id
            WHERE recorded_at <= :asOf GROUP BY account, currency ORDER BY account, currency
            """)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            new AccountView(
                row.getString("account"),
                Columns.currency(row, "currency"),
                row.getLong("amount_minor")))
        .list();
  }

  /** What accountants need of a month. */
  public TrialBalanceView trialBalance(YearMonth month) {
    LocalDate next = month.plusMonths(1).atDay(1);
    Period period =
        new Period(
            month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
            next.atStartOfDay(ZoneOffset.UTC).toInstant());
    boolean closed =
        jdbc.sql("SELECT coalesce(max(date) >= :last, false) FROM reconciliation_day")
            .param("last", month.atEndOfMonth())
            .query(Boolean.class)
            .single();
    List<TrialBalanceView.Line> lines =
        jdbc.sql(
                """
                SELECT split_part(account, ':', 1) AS account, currency,
                       coalesce(sum(amount_minor) FILTER (WHERE recorded_at < :from), 0)::bigint
                           AS opening,
                       coalesce(sum(amount_minor) FILTER (
                           WHERE recorded_at >= :from AND amount_minor > 0), 0)::bigint AS debits,
                       coalesce(-sum(amount_minor) FILTER (
                           WHERE recorded_at >= :from AND amount_minor < 0), 0)::bigint AS credits,
                       sum(amount_minor)::bigint AS closing
                FROM posting JOIN journal ON journal.id = journal_id
                WHERE recorded_at < :to
                GROUP BY 1, currency ORDER BY currency, 1
                """)
            .params(period.parameters())
            .query((row, _) ->
                new TrialBalanceView.Line(
                    row.getString("account"),
                    Columns.money(row, "opening"),
                    Columns.money(row, "debits"),
                    Columns.money(row, "credits"),
                    Columns.money(row, "closing")))
            .list();
    return new TrialBalanceView(month.toString(), closed, lines);
  }

  /** The journals that a filter leaves, newest first. */
  public Page<JournalView> journals(JournalFilter filter, PageRequest page) {
    KeysetPage keyset = KeysetPage.descending("recorded_at", "id", page);
    List<JournalRow> rows =
        jdbc.sql(
                "SELECT id, kind, business_id, occurred_at, recorded_at FROM journal WHERE true"
                    + filter.condition()
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .params(filter.parameters())
            .params(keyset.parameters())
            .query(FinanceQueries::readJournal)
            .list();
    Map<UUID, List<PostingView>> postings = postings(rows.stream().map(JournalRow::id).toList());
    return Page.of(rows, page, row -> new Cursor(row.recordedAt(), row.id()))
        .map(row ->
            new JournalView(
                row.id(),
                row.kind(),
                row.businessId(),
                row.occurredAt(),
                postings.getOrDefault(row.id(), List.of())));
  }

  private static JournalRow readJournal(ResultSet row, int number) throws SQLException {
    return new JournalRow(
        Columns.uuid(row, "id"),
        Columns.constant(JournalKind.class, row, "kind"),
        row.getString("business_id"),
        Columns.instant(row, "occurred_at"),
        Columns.instant(row, "recorded_at"));
  }

  private Map<UUID, List<PostingView>> postings(List<UUID> journals) {
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
        .query((row, _) ->
            new PostingRow(
                Columns.uuid(row, "journal_id"),
                new PostingView(
                    row.getString("account"),
                    Columns.currency(row, "currency"),
                    row.getLong("amount_minor"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                PostingRow::journalId,
                Collectors.mapping(PostingRow::posting, Collectors.toList())));
  }
}
