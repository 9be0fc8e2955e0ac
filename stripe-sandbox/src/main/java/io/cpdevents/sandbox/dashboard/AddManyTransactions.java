package io.cpdevents.sandbox.dashboard;

import io.cpdevents.sandbox.balance.BalanceGrew;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Adds very many equal balance transactions at once, to try what reads all of them. */
@Component
class AddManyTransactions {
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final JdbcClient jdbc;
  private final SandboxClock clock;
  private final ApplicationEventPublisher publisher;

  AddManyTransactions(JdbcClient jdbc, SandboxClock clock, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.publisher = publisher;
  }

  /**
   * The balance transactions to add.
   *
   * @param amount of each, in minor units
   * @param days they are spread evenly over the last days until now
   */
  record Wanted(
      String account, int count, UnrequestedType type, long amount, String currency, int days) {}

  int handle(Wanted wanted) {
    ObjectNode body = Shapes.of(BalanceTransactions.KIND);
    body.put("amount", wanted.amount());
    body.put("currency", wanted.currency());
    body.put("description", "Not requested by the platform");
    body.put("net", wanted.amount());
    body.put("reporting_category", wanted.type().category());
    body.put("type", wanted.type().stripeName());
    ObjectNode inner = StripeJson.object();
    inner.put(AddTransaction.UNREQUESTED, true);
    int added =
        jdbc.sql(
                """
                INSERT INTO stripe_object (id, account, kind, created, body, inner_facts)
                SELECT id, :account, :kind, created,
                  :body::jsonb || jsonb_build_object('id', id, 'created', created, 'available_on', created),
                  :inner::jsonb
                FROM (
                  SELECT 'txn_' || substr(md5(random()::text || n), 1, 24) AS id,
                    :now - :seconds + (n * :seconds) / :count AS created, n
                  FROM generate_series(1, :count) n) rows
                ORDER BY n
                """)
            .param("account", wanted.account())
            .param("kind", BalanceTransactions.KIND)
            .param("body", StripeJson.writeCompact(body))
            .param("inner", StripeJson.writeCompact(inner))
            .param("now", clock.epochSecond())
            .param("seconds", wanted.days() * DAY_SECONDS)
            .param("count", (long) wanted.count())
            .update();
    publisher.publishEvent(new BalanceGrew(wanted.account()));
    return added;
  }
}
