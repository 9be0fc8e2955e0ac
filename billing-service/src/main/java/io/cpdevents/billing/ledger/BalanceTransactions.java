package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about the mirror of Stripe's balance transactions. */
@Component
class BalanceTransactions {

  private static final String LISTED =
      """
      WITH listed AS (
          SELECT id, type, source, currency::char(3), amount, fee, net, created_at::timestamptz
          FROM unnest(:ids, :types, :sources, :currencies, :amounts, :fees, :nets, :createdAts)
              AS l (id, type, source, currency, amount, fee, net, created_at))
      """;

  private final JdbcClient jdbc;

  BalanceTransactions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds those that are not there; the others stay as they are. Returns how many were added. */
  int insert(List<StripeBalanceTransaction> transactions, Instant now) {
    return jdbc.sql(
            LISTED
                + """
                INSERT INTO balance_transaction (
                    id, type, source, currency, amount_minor, fee_minor, net_minor, created_at,
                    mirrored_at)
                SELECT id, type, source, currency, amount, fee, net, created_at, :now FROM listed
                WHERE NOT EXISTS (
                    SELECT FROM balance_transaction WHERE balance_transaction.id = listed.id)
                ON CONFLICT (id) DO NOTHING
                """)
        .params(columns(transactions))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Whether the day with which a transaction belongs is closed. */
  boolean isClosed(String id) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM balance_transaction WHERE id = :id AND closed_on IS NOT NULL)
            """)
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Takes over what Stripe says of those whose day is open, where the mirror says otherwise. */
  void correct(List<StripeBalanceTransaction> transactions) {
    jdbc.sql(
            LISTED
                + """
                UPDATE balance_transaction mirrored
                SET type = listed.type, source = listed.source, currency = listed.currency,
                    amount_minor = amount, fee_minor = fee, net_minor = net,
                    created_at = listed.created_at
                FROM listed
                WHERE mirrored.id = listed.id AND closed_on IS NULL
                    AND (mirrored.type, mirrored.source, mirrored.currency, amount_minor, fee_minor,
                         net_minor, mirrored.created_at)
                        IS DISTINCT FROM (listed.type, listed.source, listed.currency, amount, fee,
                                          net, listed.created_at)
                """)
        .params(columns(transactions))
        .update();
  }

  /** Those whose day is closed and of which the mirror says otherwise than Stripe. */
  List<StripeBalanceTransaction> closedOtherwise(List<StripeBalanceTransaction> transactions) {
    return jdbc.sql(
            LISTED
                + """
                SELECT mirrored.id, mirrored.type, mirrored.source, mirrored.currency, amount_minor,
                       fee_minor, net_minor, mirrored.created_at
                FROM listed JOIN balance_transaction mirrored ON mirrored.id = listed.id
                WHERE closed_on IS NOT NULL
                    AND (mirrored.type, mirrored.source, mirrored.currency, amount_minor, fee_minor,
                         net_minor, mirrored.created_at)
                        IS DISTINCT FROM (listed.type, listed.source, listed.currency, amount, fee,
                                          net, listed.created_at)
                """)
        .params(columns(transactions))
        .query(BalanceTransactions::read)
        .list();
  }

  /** Those of a time that are not among these. */
  List<StripeBalanceTransaction> others(
      Instant from, Instant until, List<StripeBalanceTransaction> transactions, int limit) {
    return jdbc.sql(
            """
            SELECT id, type, source, currency, amount_minor, fee_minor, net_minor, created_at
            FROM balance_transaction
            WHERE created_at >= :from AND created_at < :until AND id <> ALL (:ids)
            ORDER BY created_at LIMIT :limit
            """)
        .param("from", Parameters.instant(from))
        .param("until", Parameters.instant(until))
        .param("ids", Parameters.texts(transactions, StripeBalanceTransaction::id))
        .param("limit", limit)
        .query(BalanceTransactions::read)
        .list();
  }

  private static StripeBalanceTransaction read(ResultSet row, int number) throws SQLException {
    return new StripeBalanceTransaction(
        row.getString("id"),
        row.getString("type"),
        row.getString("source"),
        row.getString("currency"),
        row.getLong("amount_minor"),
        row.getLong("fee_minor"),
        row.getLong("net_minor"),
        Columns.instant(row, "created_at"));
  }

  private static Map<String, Object> columns(List<StripeBalanceTransaction> rows) {
    return Map.of(
        "ids", Parameters.texts(rows, StripeBalanceTransaction::id),
        "types", Parameters.texts(rows, StripeBalanceTransaction::type),
        "sources", Parameters.texts(rows, StripeBalanceTransaction::source),
        "currencies", Parameters.texts(rows, StripeBalanceTransaction::currency),
        "amounts", Parameters.bigints(rows, StripeBalanceTransaction::amountMinor),
        "fees", Parameters.bigints(rows, StripeBalanceTransaction::feeMinor),
        "nets", Parameters.bigints(rows, StripeBalanceTransaction::netMinor),
        "createdAts", Parameters.instants(rows, StripeBalanceTransaction::createdAt));
  }
}
