package io.cpdevents.billing.console;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What each month (UTC) has brought and cost, by when it happened. */
@Component
class MonthlyFigures {

  /**
   * A month in a currency.
   *
   * @param fees that the platform has earned, less what it gave back
   * @param refunds that Stripe has taken from the balance, less those that came back
   * @param disputes that Stripe has withdrawn, less what it gave back; without its fees
   */
  record Row(YearMonth month, String currency, Money fees, Money refunds, Money disputes) {}

  private final JdbcClient jdbc;

  MonthlyFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Row> since(YearMonth first) {
    return jdbc.sql(
            """
            SELECT to_char(happened AT TIME ZONE 'UTC', 'YYYY-MM') AS month, currency,
                   coalesce(sum(minor) FILTER (WHERE figure = 'fees'), 0)::bigint AS fees,
                   coalesce(sum(minor) FILTER (WHERE figure = 'refunds'), 0)::bigint AS refunds,
                   coalesce(sum(minor) FILTER (WHERE figure = 'disputes'), 0)::bigint AS disputes
            FROM (
                SELECT 'fees' AS figure, occurred_at AS happened, currency, -amount_minor AS minor
                FROM posting JOIN journal ON journal.id = journal_id
                WHERE account = 'platform-fees' AND occurred_at >= :since
                UNION ALL
                SELECT 'disputes', occurred_at, currency, amount_minor
                FROM posting JOIN journal ON journal.id = journal_id
                WHERE account = 'disputes' AND occurred_at >= :since
                    AND kind IN ('balance-transaction', 'dispute-identified')
                UNION ALL
                SELECT 'refunds', created_at, currency, -amount_minor FROM balance_transaction
                WHERE created_at >= :since AND type IN (
                    'refund', 'payment_refund', 'refund_failure', 'payment_failure_refund')
            ) figures
            GROUP BY month, currency ORDER BY month, currency
            """)
        .param("since", Parameters.instant(first.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()))
        .query((row, _) ->
            new Row(
                YearMonth.parse(row.getString("month")),
                row.getString("currency"),
                Columns.money(row, "fees"),
                Columns.money(row, "refunds"),
                Columns.money(row, "disputes")))
        .list();
  }
}
