package io.cpdevents.sandbox.state;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.faults.Faults;
import io.cpdevents.sandbox.settings.BehaviourSettings;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.webhooks.Endpoints;
import io.cpdevents.sandbox.webhooks.WebhookFaults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the sandbox's state, and resets it. */
@RestController
@RequestMapping("/_sandbox")
class StateLevers {
  private final JdbcClient jdbc;
  private final Balances balances;
  private final SandboxClock clock;
  private final Faults faults;
  private final WebhookFaults webhookFaults;
  private final Endpoints endpoints;
  private final BehaviourSettings behaviour;

  StateLevers(
      JdbcClient jdbc,
      Balances balances,
      SandboxClock clock,
      Faults faults,
      WebhookFaults webhookFaults,
      Endpoints endpoints,
      BehaviourSettings behaviour) {
    this.jdbc = jdbc;
    this.balances = balances;
    this.clock = clock;
    this.faults = faults;
    this.webhookFaults = webhookFaults;
    this.endpoints = endpoints;
    this.behaviour = behaviour;
  }

  /**
   * A balance in minor units, computed in three ways that must agree.
   *
   * @param total available and pending
   * @param balanceTransactionsNet the sum of the net of all balance transactions
   * @param objectsNet what follows from charges, refunds, disputes, transfers, payouts and top-ups;
   *     of balance transactions only the fees and those without such an object are used
   * @param disputesWithdrawn what banks have withdrawn by disputes, without fees
   * @param disputesReinstated how much of it they have returned
   */
  record BalanceState(
      String account,
      String currency,
      long available,
      long pending,
      long total,
      long balanceTransactionsNet,
      long objectsNet,
      long disputesWithdrawn,
      long disputesReinstated) {}

  /** Deliveries of webhooks by their state. */
  record DeliveryState(long pending, long succeeded, long failed, long dropped) {}

  /**
   * Answer of {@code GET state}.
   *
   * @param balances those of the platform, one for each currency
   * @param connectedBalances those of connected accounts, one for each account and currency
   */
  record State(
      Instant now,
      long offsetSeconds,
      Map<String, Long> objects,
      List<BalanceState> balances,
      List<BalanceState> connectedBalances,
      DeliveryState deliveries,
      long plannedSteps,
      long chargesAwaitingBalanceTransaction) {}

  /** All of one moment: sums that are read while something moves would not agree. */
  @GetMapping("/state")
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  State show() {
    return new State(
        clock.instant(),
        clock.offsetSeconds(),
        objects(),
        balances.of(StripeAccounts.PLATFORM).stream().map(this::balance).toList(),
        connectedBalances(),
        deliveries(),
        count(
            "SELECT count(*) FROM planned_step WHERE due_at IS NOT NULL AND kind <>"
                + " 'remove-old-answers'"),
        count(
            """
            SELECT count(*) FROM stripe_object WHERE kind = 'charge'
            AND body ->> 'captured' = 'true' AND body ->> 'balance_transaction' IS NULL
            """));
  }

  private Map<String, Long> objects() {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql("SELECT kind, count(*) AS objects FROM stripe_object GROUP BY kind")
        .query((row, _) -> counts.put(row.getString("kind"), row.getLong("objects")))
        .list();
    return counts;
  }

  private List<BalanceState> connectedBalances() {
    return jdbc
        .sql(
            "SELECT id FROM stripe_object WHERE account = :platform AND kind = :kind ORDER BY"
                + " position")
        .param("platform", StripeAccounts.PLATFORM)
        .param("kind", StripeAccounts.KIND)
        .query(String.class)
        .list()
        .stream()
        .filter(id -> !id.equals(StripeAccounts.PLATFORM))
        .flatMap(id -> balances.of(id).stream())
        .map(this::balance)
        .toList();
  }

  private BalanceState balance(Balances.Balance balance) {
    long net =
        sum(
            """
            SELECT coalesce(sum((body ->> 'net')::bigint), 0)::bigint FROM stripe_object
            WHERE account = :account AND kind = 'balance_transaction' AND body ->> 'currency' = :currency
            """,
            balance);
    long fromObjects =
        sum(
                """
                SELECT coalesce(sum(moved), 0)::bigint FROM (
                  SELECT (c.body ->> 'amount_captured')::bigint - (t.body ->> 'fee')::bigint AS moved
                  FROM stripe_object c JOIN stripe_object t ON t.id = c.body ->> 'balance_transaction'
                  WHERE c.account = :account AND c.kind = 'charge' AND c.body ->> 'currency' = :currency
                  UNION ALL
                  SELECT -(body ->> 'amount')::bigint FROM stripe_object
                  WHERE account = :account AND kind = 'refund' AND body ->> 'currency' = :currency
                  AND body ->> 'balance_transaction' IS NOT NULL AND body ->> 'failure_balance_transaction' IS NULL
                  UNION ALL
                  SELECT (inner_facts ->> 'reinstated')::bigint + (inner_facts ->> 'fee_returned')::bigint
                    - (inner_facts ->> 'withdrawn')::bigint - (inner_facts ->> 'fee')::bigint
                  FROM stripe_object
                  WHERE account = :account AND kind = 'dispute' AND body ->> 'currency' = :currency
                  UNION ALL
                  SELECT (body ->> 'amount_reversed')::bigint - (body ->> 'amount')::bigint FROM stripe_object
                  WHERE account = :account AND kind = 'transfer' AND body ->> 'currency' = :currency
                  UNION ALL
                  SELECT -(body ->> 'amount')::bigint FROM stripe_object
                  WHERE account = :account AND kind = 'payout' AND body ->> 'currency' = :currency
                  AND body ->> 'failure_balance_transaction' IS NULL
                  UNION ALL
                  SELECT (body ->> 'amount')::bigint FROM stripe_object
                  WHERE account = :account AND kind = 'topup' AND body ->> 'currency' = :currency
                  UNION ALL
                  SELECT (body ->> 'net')::bigint FROM stripe_object
                  WHERE account = :account AND kind = 'balance_transaction' AND body ->> 'currency' = :currency
                  AND inner_facts ->> 'unrequested' = 'true') moves
                """,
                balance)
            - reserved(balance);
    return new BalanceState(
        balance.account(),
        balance.currency(),
        balance.available(),
        balance.pending(),
        balance.total(),
        net,
        fromObjects,
        ofDisputes("withdrawn", balance),
        ofDisputes("reinstated", balance));
  }

  /** What the platform's balance lacks because it is reserved for connected accounts. */
  private long reserved(Balances.Balance balance) {
    return balance.account().equals(StripeAccounts.PLATFORM)
        ? balances.reserved().getOrDefault(balance.currency(), 0L)
        : 0;
  }

  /** Sums an inner fact of disputes; its name is a constant, never input. */
  private long ofDisputes(String fact, Balances.Balance balance) {
    return sum(
        """
        SELECT coalesce(sum((inner_facts ->> '%s')::bigint), 0)::bigint FROM stripe_object
        WHERE account = :account AND kind = 'dispute' AND body ->> 'currency' = :currency
        """
            .formatted(fact),
        balance);
  }

  private long sum(String sql, Balances.Balance balance) {
    return jdbc.sql(sql)
        .param("account", balance.account())
        .param("currency", balance.currency())
        .query(Long.class)
        .single();
  }

  private DeliveryState deliveries() {
    return jdbc.sql(
            """
            SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
              count(*) FILTER (WHERE status = 'succeeded') AS succeeded,
              count(*) FILTER (WHERE status = 'failed') AS failed,
              count(*) FILTER (WHERE status = 'dropped') AS dropped
            FROM webhook_delivery
            """)
        .query(DeliveryState.class)
        .single();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /**
   * Removes all objects, events, deliveries, stored answers, illegal requests and faults; the clock
   * stays.
   */
  @PostMapping("/reset")
  @Transactional
  public State reset() {
    faults.set(List.of());
    webhookFaults.clear();
    behaviour.clear();
    jdbc.sql("DELETE FROM webhook_delivery").update();
    jdbc.sql("DELETE FROM planned_step WHERE kind <> 'remove-old-answers'").update();
    jdbc.sql("DELETE FROM stored_answer").update();
    jdbc.sql("DELETE FROM illegal_request").update();
    jdbc.sql("DELETE FROM stripe_object").update();
    jdbc.sql("DELETE FROM zoom_grant").update();
    jdbc.sql("DELETE FROM zoom_meeting").update();
    endpoints.changed();
    return show();
  }
}
