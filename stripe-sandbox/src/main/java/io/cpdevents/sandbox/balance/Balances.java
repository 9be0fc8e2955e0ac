package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The balance of an account: the sum of its balance transactions at the sandbox's time. */
@Component
public class Balances {
  private static final String CURRENCY_WITHOUT_TRANSACTIONS = "usd";

  private final JdbcClient jdbc;
  private final StripeObjects objects;
  private final SandboxClock clock;

  public Balances(JdbcClient jdbc, StripeObjects objects, SandboxClock clock) {
    this.jdbc = jdbc;
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * A balance in minor units.
   *
   * @param available what has settled
   * @param pending what has not
   */
  public record Balance(String account, String currency, long available, long pending) {
    public long total() {
      return available + pending;
    }
  }

  /** The balances of an account, one for each currency in which it has had a transaction. */
  public List<Balance> of(String account) {
    return jdbc.sql(
            """
            SELECT account, body ->> 'currency' AS currency,
              coalesce(sum((body ->> 'net')::bigint) FILTER (WHERE (body ->> 'available_on')::bigint <= :now), 0)::bigint AS available,
              coalesce(sum((body ->> 'net')::bigint) FILTER (WHERE (body ->> 'available_on')::bigint > :now), 0)::bigint AS pending
            FROM stripe_object WHERE account = :account AND kind = 'balance_transaction'
            GROUP BY account, body ->> 'currency' ORDER BY body ->> 'currency'
            """)
        .param("now", clock.epochSecond())
        .param("account", account)
        .query((row, _) ->
            new Balance(
                row.getString("account"),
                row.getString("currency"),
                row.getLong("available"),
                row.getLong("pending")))
        .list();
  }

  /**
   * The available balance in a currency. The balance is locked until the transaction ends, so that
   * two transactions do not use the same money.
   */
  public long holdAvailable(String account, String currency) {
    objects.lockName(account + "/" + currency);
    return available(account, currency);
  }

  /** The available balance in a currency; 0 when there is none. */
  public long available(String account, String currency) {
    return of(account).stream()
        .filter(balance -> balance.currency().equals(currency))
        .mapToLong(Balance::available)
        .sum();
  }

  /** The balance as {@code GET /v1/balance} shows it. */
  ObjectNode view(String account) {
    List<Balance> balances = of(account);
    if (balances.isEmpty()) {
      balances = List.of(new Balance(account, currencyWithoutTransactions(account), 0, 0));
    }
    ObjectNode view = StripeJson.object();
    view.put("object", "balance");
    view.putArray("available");
    view.put("livemode", false);
    view.putArray("pending");
    for (Balance balance : balances) {
      add(view, "available", balance.available(), balance.currency());
      add(view, "pending", balance.pending(), balance.currency());
    }
    if (account.equals(StripeAccounts.PLATFORM)) {
      Map<String, Long> reserved = reserved();
      for (Balance balance : balances) {
        add(
            view,
            "connect_reserved",
            reserved.getOrDefault(balance.currency(), 0L),
            balance.currency());
      }
    }
    return view;
  }

  private String currencyWithoutTransactions(String account) {
    return objects
        .findAnywhere(StripeAccounts.KIND, account)
        .map(found -> found.requiredText("default_currency"))
        .orElse(CURRENCY_WITHOUT_TRANSACTIONS);
  }

  /** What is reserved of the platform's balance for negative balances of connected accounts. */
  public Map<String, Long> reserved() {
    Map<String, Long> reserved = new HashMap<>();
    jdbc.sql(
            """
            SELECT r.key AS currency, sum(r.value::bigint)::bigint AS amount
            FROM stripe_object a, jsonb_each_text(a.inner_facts -> 'reserved') r
            WHERE a.account = :platform AND a.kind = 'account' GROUP BY r.key
            """)
        .param("platform", StripeAccounts.PLATFORM)
        .query((row, _) -> reserved.put(row.getString("currency"), row.getLong("amount")))
        .list();
    return reserved;
  }

  private static void add(ObjectNode view, String part, long amount, String currency) {
    ObjectNode entry = view.withArrayProperty(part).addObject();
    entry.put("amount", amount);
    entry.put("currency", currency);
    entry.putObject("source_types").put("card", amount);
  }
}
