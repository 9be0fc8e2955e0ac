package io.cpdevents.billing.ledger;

import io.cpdevents.platform.sql.Parameters;
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

  /** Those of these ids that have moved Stripe's balance and are not booked. */
  public List<String> notBooked(List<String> ids) {
    return jdbc.sql(
            """
            SELECT wanted.id FROM unnest(:ids) AS wanted (id)
            LEFT JOIN balance_transaction mirrored ON mirrored.id = wanted.id
            WHERE coalesce(net_minor <> 0 OR fee_minor <> 0, true)
                AND NOT EXISTS (
                    SELECT FROM journal
                    WHERE kind = 'balance-transaction' AND business_id = wanted.id)
            """)
        .param("ids", Parameters.texts(ids, id -> id))
        .query((row, _) -> row.getString("id"))
        .list();
  }
}
