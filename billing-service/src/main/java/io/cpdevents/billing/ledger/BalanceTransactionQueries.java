package io.cpdevents.billing.ledger;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other features ask about balance transactions. */
@Component
public class BalanceTransactionQueries {

  private final JdbcClient jdbc;

  BalanceTransactionQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those of these ids that have moved Stripe's balance and are not booked. One of a closed day
   * was: its journal is restored as it was, and none is posted in its place.
   */
  public List<String> notBooked(List<String> ids) {
    return jdbc.sql(
            """
            SELECT wanted.id FROM unnest(:ids) AS wanted (id)
            LEFT JOIN balance_transaction mirrored ON mirrored.id = wanted.id
            WHERE coalesce(net_minor <> 0 OR fee_minor <> 0, true) AND closed_on IS NULL
                AND NOT EXISTS (
                    SELECT FROM journal
                    WHERE kind = 'balance-transaction' AND business_id = wanted.id)
            """)
        .param("ids", Parameters.texts(ids, id -> id))
        .query((row, _) -> row.getString("id"))
        .list();
  }

  /** Whether a transaction was mirrored before this (system) time. */
  public boolean isKnownSince(String id, Instant time) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM balance_transaction WHERE id = :id AND mirrored_at < :time)
            """)
        .param("id", id)
        .param("time", Parameters.instant(time))
        .query(Boolean.class)
        .single();
  }
}
