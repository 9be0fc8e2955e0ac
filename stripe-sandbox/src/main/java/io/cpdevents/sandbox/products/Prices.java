package io.cpdevents.sandbox.products;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Currency;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Reads prices, of their own and of line items. */
public final class Prices {
  private Prices() {}

  /** The currency in lower case; refuses an unknown one. */
  public static String currency(Params price) {
    String currency = price.requiredText("currency").toLowerCase(Locale.ROOT);
    requireCurrency(currency, price.full("currency"));
    return currency;
  }

  /** Refuses an unknown currency. */
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

  /** Makes the price one that is paid again and again, if the caller wants that. */
  static void recurring(Params price, ObjectNode target) {
    Params recurring = price.child("recurring");
    if (recurring == null) {
      return;
    }
    String interval = recurring.oneOf("interval", "day", "week", "month", "year");
    if (interval == null) {
      throw StripeRefusal.missing(recurring.full("interval"));
    }
    Long count = recurring.integer("interval_count");
    ObjectNode view = target.putObject("recurring");
    view.put("interval", interval);
    view.put("interval_count", count == null ? 1 : count);
    view.putNull("meter");
    view.putNull("trial_period_days");
    view.put("usage_type", "licensed");
    target.put("type", "recurring");
  }

  public static void taxBehavior(Params price, ObjectNode target) {
    String behavior = price.oneOf("tax_behavior", "exclusive", "inclusive", "unspecified");
    target.put("tax_behavior", behavior == null ? "unspecified" : behavior);
  }
}
