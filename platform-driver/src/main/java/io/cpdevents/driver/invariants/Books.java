package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The ledger, and what others say of the same money. */
final class Books {

  private static final List<String> PASSED = List.of("awaiting-stripe", "suspense");

  /** What the platform owes an organization. */
  private static final List<String> OWED = List.of("organization", "held", "in-payout");

  private Books() {}

  static void journalsSumToZero(World world, Consumer<String> wrong) {
    long unequal =
        world
            .databases()
            .number(
                "billing",
                """
                SELECT count(*) FROM (
                  SELECT 1 FROM posting GROUP BY journal_id, currency HAVING sum(amount_minor) <> 0)
                """);
    if (unequal > 0) {
      wrong.accept(unequal + " do not");
    }
  }

  static void sumToZero(World world, Consumer<String> wrong) {
    Ledger.of(world)
        .currencies()
        .forEach((currency, accounts) -> {
          long sum = accounts.values().stream().mapToLong(Long::longValue).sum();
          if (sum != 0) {
            wrong.accept("those in %s sum to %d".formatted(currency, sum));
          }
        });
  }

  static void passingAccountsAreEmpty(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    for (String currency : ledger.currencies().keySet()) {
      for (String account : PASSED) {
        long amount = ledger.amountMinor(currency, account);
        if (amount != 0) {
          wrong.accept("%s holds %d %s".formatted(account, amount, currency));
        }
      }
      long owed = owedMinor(world, currency);
      if (-ledger.amountMinor(currency, "refunds") != owed) {
        wrong.accept(
            "refunds holds %d %s, and %d are owed"
                .formatted(ledger.amountMinor(currency, "refunds"), currency, owed));
      }
    }
  }

  /** What buyers are owed whose refunds have failed for good. */
  private static long owedMinor(World world, String currency) {
    return world
        .databases()
        .number(
            "billing",
            "SELECT coalesce(sum(amount_minor), 0)::bigint FROM refund WHERE status = 'failed' AND currency = ?",
            currency);
  }

  static void balanceTransactionsAreBooked(World world, Consumer<String> wrong) {
    long atStripe = world.stripe().state().path("objects").path("balance_transaction").asLong();
    // A transfer arrives on the organization's account, and a reversal leaves it, with a second
    // transaction.
    long booked =
        world
            .databases()
            .number(
                "billing",
                """
                SELECT (SELECT count(*) FROM matched_transaction
                        WHERE journal_id IS NOT NULL OR (net_minor = 0 AND fee_minor = 0))
                     + (SELECT count(*) FROM balance_transaction
                        WHERE type IN ('transfer', 'transfer_refund'))
                     + (SELECT count(*) FROM journal WHERE kind = 'connected-balance-transaction'
                        AND business_id NOT LIKE 'settlement:%')
                """);
    if (atStripe != booked) {
      wrong.accept("Stripe has %d, and %d are booked".formatted(atStripe, booked));
    }
  }

  static void areStripesBalance(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    for (JsonNode balance : world.stripe().state().path("balances")) {
      String currency = currency(balance);
      long total = balance.path("total").asLong();
      if (total != balance.path("balanceTransactionsNet").asLong()
          || total != balance.path("objectsNet").asLong()) {
        wrong.accept("Stripe contradicts itself: " + balance);
      }
      if (total != ledger.amountMinor(currency, "stripe")) {
        wrong.accept(
            "Stripe has %d %s and the ledger says %d"
                .formatted(total, currency, ledger.amountMinor(currency, "stripe")));
      }
    }
  }

  static void areStripesConnectedBalances(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    Map<String, String> organizations = organizationsByAccount(world);
    Map<String, Map<String, Long>> atStripe = new TreeMap<>();
    for (JsonNode balance : world.stripe().state().path("connectedBalances")) {
      String account = balance.path("account").asString();
      atStripe
          .computeIfAbsent(organizations.getOrDefault(account, account), _ -> new TreeMap<>())
          .merge(currency(balance), balance.path("total").asLong(), Long::sum);
    }
    atStripe.forEach((organization, balances) ->
        balances.forEach((currency, total) -> {
          long inLedger = ledger.amountMinor(currency, "connected:" + organization);
          if (inLedger != total) {
            wrong.accept(
                "%s has %d %s at Stripe and the ledger says %d"
                    .formatted(organization, total, currency, inLedger));
          }
        }));
  }

  static void transfersAreEarned(World world, Consumer<String> wrong) {
    Map<String, String> organizations = organizationsByAccount(world);
    Map<List<String>, Long> transferred = new HashMap<>();
    for (JsonNode transfer : world.stripe().transfers()) {
      String account = transfer.path("destination").asString();
      transferred.merge(
          List.of(organizations.getOrDefault(account, account), currency(transfer)),
          transfer.path("amount").asLong() - transfer.path("amount_reversed").asLong(),
          Long::sum);
    }
    if (transferred.isEmpty()) {
      return;
    }
    Map<List<String>, Long> earned = earnedMinor(world);
    transferred.forEach((whose, amount) -> {
      if (amount > earned.getOrDefault(whose, 0L)) {
        wrong.accept(
            "%s has earned %d and was transferred %d"
                .formatted(whose, earned.getOrDefault(whose, 0L), amount));
      }
    });
  }

  /** All that was ever captured, less the platform's fees, by organization and currency. */
  private static Map<List<String>, Long> earnedMinor(World world) {
    Map<List<String>, Long> earned = new HashMap<>();
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT substr(p.account, length('organization:') + 1), p.currency, -sum(p.amount_minor)
            FROM posting p JOIN journal j ON j.id = p.journal_id
            WHERE j.kind = 'payment-captured' AND p.account LIKE 'organization:%'
            GROUP BY p.account, p.currency
            """)
        .forEach(row -> earned.put(List.of(row.get(0), row.get(1)), Long.valueOf(row.get(2))));
    return earned;
  }

  /** Organizations by the ids of their accounts at Stripe. */
  private static Map<String, String> organizationsByAccount(World world) {
    Map<String, String> organizations = new HashMap<>();
    world
        .databases()
        .texts(
            "payout",
            "SELECT stripe_id, organization_id FROM payout_account WHERE stripe_id IS NOT NULL")
        .forEach(row -> organizations.put(row.get(0), row.get(1)));
    return organizations;
  }

  private static String currency(JsonNode money) {
    return money.path("currency").asString().toUpperCase(Locale.ROOT);
  }

  static void areTheBalancesOfOrganizations(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    Set<String> closed = closedOrganizations(world);
    for (Organization organization : world.organizations()) {
      // Nobody is left who could ask what a closed one has: nothing, or it would not be closed.
      Map<String, Long> balances =
          closed.contains(organization.id().toString()) ? Map.of() : organization.balancesMinor();
      for (String currency : ledger.currencies().keySet()) {
        long inLedger =
            -OWED.stream()
                .mapToLong(
                    account -> ledger.amountMinor(currency, account + ":" + organization.id()))
                .sum();
        long balance = balances.getOrDefault(currency, 0L);
        if (inLedger != balance) {
          wrong.accept(
              "organization %s has %d %s in the ledger and %d in its balance"
                  .formatted(organization.id(), inLedger, currency, balance));
        }
      }
    }
  }

  private static Set<String> closedOrganizations(World world) {
    return world
        .databases()
        .texts("accounts", "SELECT id FROM organization WHERE closed_at IS NOT NULL")
        .stream()
        .map(List::getFirst)
        .collect(Collectors.toSet());
  }
}
