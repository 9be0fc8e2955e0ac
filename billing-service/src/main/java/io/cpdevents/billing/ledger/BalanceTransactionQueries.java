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

  /** Those of these ids that have not been booked. */
  public List<String> notBooked(List<String> ids) {
    return jdbc.sql(
            """
            SELECT wanted.id FROM unnest(:ids) AS wanted (id)
            WHERE NOT EXISTS (SELECT FROM balance_transaction WHERE id = wanted.id)
            """)
        .param("ids", Parameters.texts(ids, id -> id))
        .query((row, _) -> row.getString("id"))
        .list();
  }
}
