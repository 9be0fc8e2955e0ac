package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
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
    // A transfer arrives on the organization's account with a transaction that is matched to its
    // own.
    long booked =
        world
            .databases()
            .number(
                "billing",
                """
                SELECT (SELECT count(*) FROM matched_transaction
                        WHERE journal_id IS NOT NULL OR (net_minor = 0 AND fee_minor = 0))
                     + (SELECT count(*) FROM balance_transaction WHERE type = 'transfer')
                     + (SELECT count(*) FROM journal WHERE kind = 'connected-balance-transaction')
                """);
    if (atStripe != booked) {
      wrong.accept("Stripe has %d, and %d are booked".formatted(atStripe, booked));
    }
  }

  static void areStripesBalance(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    for (JsonNode balance : world.stripe().state().path("balances")) {
      String currency = balance.path("currency").asString().toUpperCase(Locale.ROOT);
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
    Map<String, Long> atStripe = new TreeMap<>();
    for (JsonNode balance : world.stripe().state().path("connectedBalances")) {
      atStripe.merge(
          balance.path("currency").asString().toUpperCase(Locale.ROOT),
          balance.path("total").asLong(),
          Long::sum);
    }
    atStripe.forEach((currency, total) -> {
      long inLedger = ledger.sumMinorOfAll(currency, "connected:");
      if (inLedger != total) {
        wrong.accept(
            "organizations have %d %s at Stripe and the ledger says %d"
                .formatted(total, currency, inLedger));
      }
    });
  }

  static void areTheBalancesOfOrganizations(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    for (Organization organization : world.organizations()) {
      long inLedger =
          -OWED.stream()
              .mapToLong(account -> ledger.amountMinor(account + ":" + organization.id()))
              .sum();
      long balance = organization.balanceMinor();
      if (inLedger != balance) {
        wrong.accept(
            "organization %s has %d in the ledger and %d in its balance"
                .formatted(organization.id(), inLedger, balance));
      }
    }
  }
}
