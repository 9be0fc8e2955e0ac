package io.cpdevents.driver;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What is on each of the ledger's accounts.
 *
 * @param currencies by currency and account, in minor units, debit positive
 */
public record Ledger(SortedMap<String, SortedMap<String, Long>> currencies) {

  /** As the platform's finance people see it now. */
  public static Ledger of(World world) {
    SortedMap<String, SortedMap<String, Long>> currencies = new TreeMap<>();
    for (JsonNode line : world.finance().api().get("/api/v1/finance/accounts").expect(200).data()) {
      currencies
          .computeIfAbsent(line.path("currency").asString(), _ -> new TreeMap<>())
          .merge(line.path("account").asString(), line.path("amountMinor").asLong(), Long::sum);
    }
    return new Ledger(currencies);
  }

  /** What is on one account. */
  public long amountMinor(String currency, String account) {
    Map<String, Long> accounts = currencies.getOrDefault(currency, new TreeMap<>());
    return accounts.getOrDefault(account, 0L);
  }

  /** What has come to an account since then. */
  public long since(Ledger before, String currency, String account) {
    return amountMinor(currency, account) - before.amountMinor(currency, account);
  }

  /** What is on an account, whatever its currency. */
  public long amountMinor(String account) {
    return currencies.keySet().stream().mapToLong(currency -> amountMinor(currency, account)).sum();
  }

  /** What is on all accounts whose names begin so. */
  public long sumMinorOfAll(String currency, String beginning) {
    return currencies.getOrDefault(currency, new TreeMap<>()).entrySet().stream()
        .filter(account -> account.getKey().startsWith(beginning))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
