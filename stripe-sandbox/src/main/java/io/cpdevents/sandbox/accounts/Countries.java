package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** Countries and their currencies. */
final class Countries {
  private static final Set<String> ALL = Set.of(Locale.getISOCountries());

  private Countries() {}

  /** Refuses an unknown country. */
  static String require(String country, String param) {
    if (!ALL.contains(country)) {
      throw StripeRefusal.invalid(
          "country_unsupported", param, "Country '%s' is unknown.".formatted(country));
    }
    return country;
  }

  /** The currency of a country, in lower case. */
  static String currencyOf(String country) {
    Currency currency = Currency.getInstance(Locale.of("", country));
    if (currency == null) {
      throw StripeRefusal.invalid(
          "country_unsupported",
          "country",
          "Country '%s' has no currency of its own.".formatted(country));
    }
    return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
  }
}
