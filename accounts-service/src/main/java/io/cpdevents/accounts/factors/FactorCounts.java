package io.cpdevents.accounts.factors;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about how many second factors an account has. Counting one locks the account. */
@Component
class FactorCounts {

  private final JdbcClient jdbc;

  FactorCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int of(UUID accountId) {
    return jdbc.sql("SELECT factors FROM account WHERE id = :accountId")
        .param("accountId", accountId)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  int lock(UUID accountId) {
    return jdbc.sql("SELECT factors FROM account WHERE id = :accountId FOR NO KEY UPDATE")
        .param("accountId", accountId)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** Counts one more or less; answers how many there are now. */
  int add(UUID accountId, int change) {
    return jdbc.sql(
            """
            UPDATE account SET factors = factors + :change WHERE id = :accountId RETURNING factors
            """)
        .param("accountId", accountId)
        .param("change", change)
        .query(Integer.class)
        .single();
  }
}
