package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The amounts per currency that automatic payouts leave in the balance of an account. */
public final class MinimumBalances {
  private static final String FACT = "minimum_balances";

  private MinimumBalances() {}

  /** Reads {@code minimum_balance_by_currency}; an empty value unsets a currency. */
  static void read(Params payouts, StripeObject account) {
    Params given = payouts.child("minimum_balance_by_currency");
    if (given == null) {
      return;
    }
    ObjectNode minimums = account.inner().withObjectProperty(FACT);
    for (String currency : given.names()) {
      String text = given.textOrEmpty(currency);
      if (text == null || text.isEmpty()) {
        minimums.remove(currency);
        continue;
      }
      long amount = given.requiredInteger(currency);
      if (amount < 0) {
        throw StripeRefusal.invalid(
            "parameter_invalid_integer",
            given.full(currency),
            "This value must be greater than or equal to 0.");
      }
      minimums.put(currency, amount);
    }
  }

  public static long of(StripeObject account, String currency) {
    return account.inner().path(FACT).path(currency).asLong(0);
  }

  /** As balance settings show them; null when there are none. */
  static JsonNode view(StripeObject account) {
    JsonNode minimums = account.inner().path(FACT);
    return minimums.isEmpty() ? account.body().nullNode() : minimums.deepCopy();
  }
}
