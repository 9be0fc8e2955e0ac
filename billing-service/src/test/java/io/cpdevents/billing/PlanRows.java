package io.cpdevents.billing;

import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What our own rows say about the plans of organizations. */
record PlanRows(JdbcClient jdbc, Clock clock) {

  /** How many changes of plan are so: a condition of the test's own words. */
  long changes(PlanJourney.Founded founded, String condition) {
    return count(
        founded, "SELECT count(*) FROM plan_change WHERE organization_id = :id AND " + condition);
  }

  /** What is counted of an organization, by {@code :id} and {@code :now}. */
  long count(PlanJourney.Founded founded, String sql) {
    JdbcClient.StatementSpec statement = jdbc.sql(sql).param("id", founded.id());
    return (sql.contains(":now")
            ? statement.param("now", Parameters.instant(clock.instant()))
            : statement)
        .query(Long.class)
        .single();
  }

  /** What became of each invoice, by Stripe's id. */
  Map<String, String> invoices(PlanJourney.Founded founded) {
    return jdbc
        .sql("SELECT * FROM invoice WHERE organization_id = :id")
        .param("id", founded.id())
        .query((row, _) ->
            Map.entry(
                row.getString("stripe_id"),
                "%s %d of %d"
                    .formatted(
                        row.getString("status"),
                        row.getLong("paid_minor"),
                        row.getLong("total_minor"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The months that are paid. */
  List<String> paidMonths(PlanJourney.Founded founded) {
    return jdbc.sql(
            """
            SELECT stripe_subscription_id || ' ' || period_starts_at FROM invoice
            WHERE organization_id = :id AND status = 'paid' AND total_minor > 0
                  AND billing_reason IN ('subscription_create', 'subscription_cycle')
            """)
        .param("id", founded.id())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** The version of what it is entitled to. */
  long version(PlanJourney.Founded founded) {
    return count(founded, "SELECT version FROM subscription WHERE organization_id = :id");
  }
}
