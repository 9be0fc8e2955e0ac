package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.World;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What banks take back, or suspect. */
final class Disputes {

  private Disputes() {}

  static void areStripes(World world, Consumer<String> wrong) {
    Map<String, Long> atStripe = new HashMap<>();
    for (JsonNode balance : world.stripe().state().path("balances")) {
      atStripe.put(
          balance.path("currency").asString().toUpperCase(Locale.ROOT),
          balance.path("disputesWithdrawn").asLong() - balance.path("disputesReinstated").asLong());
    }
    compare(
        atStripe,
        amounts(
            world,
            """
            SELECT currency, sum(taken)::bigint FROM (
              SELECT taken_currency, taken_minor FROM dispute
              UNION ALL
              SELECT currency, taken_minor
              FROM charge_dispute JOIN stripe_charge ON id = stripe_charge_id) all_of (currency, taken)
            GROUP BY currency
            """),
        (currency, taken, known) ->
            wrong.accept(
                "banks have taken %d %s, and we know of %d".formatted(taken, currency, known)));
  }

  static void areInTheLedger(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    compare(
        amounts(
            world,
            """
            SELECT d.taken_currency, sum(d.taken_minor - coalesce(
              (SELECT sum(l.amount_minor) FROM dispute_line l
               WHERE l.dispute_id = d.id AND d.booking = 'lost'), 0))::bigint
            FROM dispute d GROUP BY d.taken_currency
            """),
        accounts(ledger, "disputes"),
        (currency, open, posted) ->
            wrong.accept(
                "disputes that are open, or take more than was left, hold %d %s, and the account"
                        .formatted(open, currency)
                    + " has "
                    + posted));
    compare(
        amounts(
            world,
            """
            SELECT p.currency, -sum(l.amount_minor - l.fee_minor)::bigint
            FROM dispute d JOIN dispute_line l ON l.dispute_id = d.id
            JOIN payment p ON p.id = d.payment_id WHERE d.booking = 'held' GROUP BY p.currency
            """),
        accounts(ledger, "held:"),
        (currency, held, posted) ->
            wrong.accept(
                "organizations' shares of open disputes are %d %s, and %d are held"
                    .formatted(held, currency, posted)));
  }

  static void nobodysPartsAreTasks(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT * FROM (
              SELECT d.stripe_dispute_id, coalesce(b.amount_minor, 0) AS task,
                greatest(d.taken_minor, 0) - coalesce(
                  (SELECT sum(l.amount_minor) FROM dispute_line l WHERE l.dispute_id = d.id), 0)
                  AS excess
              FROM dispute d JOIN payment p ON p.id = d.payment_id
              LEFT JOIN ledger_break b ON b.kind = 'dispute-exceeds-charge'
                AND b.stripe_id = d.stripe_dispute_id AND b.resolved_at IS NULL
              WHERE d.taken_currency = p.currency) compared
            WHERE task <> excess
            """)
        .forEach(row ->
            wrong.accept(
                "dispute %s has a task about %s, and takes %s more than was left of its payment"
                    .formatted(row.toArray())));
  }

  static void fraudWarningsAreKept(World world, Consumer<String> wrong) {
    long atStripe =
        world.stripe().state().path("objects").path("radar.early_fraud_warning").asLong();
    long kept = world.databases().number("billing", "SELECT count(*) FROM fraud_warning");
    if (atStripe != kept) {
      wrong.accept("Stripe has %d, and %d are kept".formatted(atStripe, kept));
    }
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT payment_id, count(*) FROM refund WHERE cause = 'fraud-warning'
            GROUP BY payment_id HAVING sum(amount_minor) FILTER (WHERE status <> 'cancelled') > (
              SELECT captured_minor FROM payment WHERE id = payment_id)
            """)
        .forEach(row ->
            wrong.accept("payment %s has %s refunds because of them".formatted(row.toArray())));
  }

  @FunctionalInterface
  private interface Difference {
    void tell(String currency, long one, long other);
  }

  private static void compare(
      Map<String, Long> one, Map<String, Long> other, Difference difference) {
    TreeSet<String> currencies = new TreeSet<>(one.keySet());
    currencies.addAll(other.keySet());
    for (String currency : currencies) {
      long first = one.getOrDefault(currency, 0L);
      long second = other.getOrDefault(currency, 0L);
      if (first != second) {
        difference.tell(currency, first, second);
      }
    }
  }

  private static Map<String, Long> amounts(World world, String query) {
    Map<String, Long> amounts = new HashMap<>();
    world.databases().rows("billing", query, row -> amounts.put(row.getString(1), row.getLong(2)));
    return amounts;
  }

  /** What is on the accounts whose names begin so, by currency. */
  private static Map<String, Long> accounts(Ledger ledger, String beginning) {
    Map<String, Long> amounts = new HashMap<>();
    ledger
        .currencies()
        .forEach((currency, accounts) ->
            accounts.forEach((account, amount) -> {
              if (account.startsWith(beginning)) {
                amounts.merge(currency, amount, Long::sum);
              }
            }));
    return amounts;
  }
}
