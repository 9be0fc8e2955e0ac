package io.cpdevents.billing.finance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What must always be zero, measured again and again; an alert fires when one is not. */
@Component
public class LedgerInvariants {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerInvariants.class);

  private final JdbcClient jdbc;
  private final AtomicLong openBreaks = new AtomicLong();
  private final AtomicLong unbalanced = new AtomicLong();
  private final AtomicLong drifted = new AtomicLong();
  private final AtomicLong overRefunded = new AtomicLong();

  LedgerInvariants(JdbcClient jdbc, MeterRegistry metrics) {
    this.jdbc = jdbc;
    gauge(metrics, "cpd.ledger.breaks.open", "Breaks that wait for a person", openBreaks);
    gauge(metrics, "cpd.ledger.unbalanced", "Currencies that do not sum to zero", unbalanced);
    gauge(metrics, "cpd.ledger.drifted", "Guarded rows unlike their postings", drifted);
    gauge(
        metrics,
        "cpd.ledger.over-refunded",
        "Payments refunded beyond their capture",
        overRefunded);
  }

  /** Measures. */
  public void measure() {
    openBreaks.set(count("SELECT count(*) FROM ledger_break WHERE resolved_at IS NULL"));
    unbalanced.set(
        count(
            """
            SELECT count(*) FROM (
                SELECT currency FROM posting GROUP BY currency HAVING sum(amount_minor) <> 0) wrong
            """));
    drifted.set(
        count(
            """
            SELECT count(*) FROM account_balance FULL JOIN (
                SELECT account, currency, sum(amount_minor) AS posted FROM posting
                WHERE account LIKE '%:%' GROUP BY account, currency) folded
                USING (account, currency)
            WHERE amount_minor IS DISTINCT FROM posted
            """));
    overRefunded.set(
        count(
            """
            SELECT count(*) FROM (
                SELECT payment_id FROM refund WHERE status <> 'cancelled'
                GROUP BY payment_id
                HAVING sum(amount_minor) > (
                    SELECT captured_minor FROM payment WHERE id = refund.payment_id)) wrong
            """));
    if (unbalanced.get() + drifted.get() + overRefunded.get() > 0) {
      LOG.error(
          "The ledger is wrong: {} unbalanced, {} drifted, {} over-refunded",
          unbalanced,
          drifted,
          overRefunded);
    }
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private static void gauge(
      MeterRegistry metrics, String name, String description, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::get).description(description).register(metrics);
  }
}
