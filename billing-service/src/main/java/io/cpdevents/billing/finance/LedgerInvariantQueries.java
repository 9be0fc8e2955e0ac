package io.cpdevents.billing.finance;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what must be zero in the ledger. */
@Component
class LedgerInvariantQueries {

  private final JdbcClient jdbc;

  LedgerInvariantQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  LedgerInvariants measured(Instant now) {
    return new LedgerInvariants(
        count("SELECT count(*) FROM ledger_break WHERE resolved_at IS NULL"),
        jdbc.sql("SELECT count(*) FROM ledger_break WHERE resolved_at IS NULL AND due_at < :now")
            .param("now", Parameters.instant(now))
            .query(Long.class)
            .single(),
        count(
            """
            SELECT count(*) FROM (
                SELECT currency FROM posting GROUP BY currency HAVING sum(amount_minor) <> 0) wrong
            """),
        count(
            """
            SELECT count(*) FROM account_balance FULL JOIN (
                SELECT account, currency, sum(amount_minor) AS posted FROM posting
                WHERE account LIKE '%:%' GROUP BY account, currency) folded
                USING (account, currency)
            WHERE amount_minor IS DISTINCT FROM posted
            """),
        count(
            """
            SELECT count(*) FROM (
                SELECT payment_id FROM refund
                WHERE status <> 'cancelled' AND stripe_charge_id IS NULL
                GROUP BY payment_id
                HAVING sum(amount_minor) > (
                    SELECT captured_minor FROM payment WHERE id = refund.payment_id)) wrong
            """));
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
