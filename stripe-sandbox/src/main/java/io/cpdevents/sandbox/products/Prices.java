package io.cpdevents.sandbox.products;

import io.cpdevents.sandbox.front.Params;
import io.cpdevents.sandbox.front.StripeRefusal;
import java.util.Currency;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What all prices have in common, whether they are made by themselves or told with a line. */
public final class Prices {
  private Prices() {}

  /** The currency, in lower case; refuses what is none. */
  public static String currency(Params price) {
    String currency = price.requiredText("currency").toLowerCase(Locale.ROOT);
    requireCurrency(currency, price.full("currency"));
    return currency;
  }

  /** Refuses what is no currency. */
  public static void requireCurrency(String currency, String param) {
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equalsIgnoreCase(currency))) {
      throw StripeRefusal.invalid(null, param, "Invalid currency: " + currency + ".");
    }
  }

  public static long unitAmount(Params price) {
    long unitAmount = price.requiredInteger("unit_amount");
    if (unitAmount < 0) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          price.full("unit_amount"),
          "This value must be greater than or equal to 0.");
    }
    return unitAmount;
  }

  public static void taxBehavior(Params price, ObjectNode told) {
    String behavior = price.oneOf("tax_behavior", "exclusive", "inclusive", "unspecified");
    told.put("tax_behavior", behavior == null ? "unspecified" : behavior);
  }
}
