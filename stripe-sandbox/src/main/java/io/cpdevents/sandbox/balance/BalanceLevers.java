package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Books what nobody asked for. */
@RestController
@RequestMapping(
    path = "/_sandbox/balance-transactions",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceLevers {
  /** Those of Stripe's types that have no object as their source. */
  private static final Set<String> TYPES =
      Set.of("adjustment", "stripe_fee", "stripe_fx_fee", "tax_fee");

  private final BookWithoutSource bookWithoutSource;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  BalanceLevers(
      BookWithoutSource bookWithoutSource, ObjectViews views, ApiTransaction transaction) {
    this.bookWithoutSource = bookWithoutSource;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of {@code POST balance-transactions}.
   *
   * @param amountMinor in minor units; negative when Stripe takes it
   */
  record Booking(@Nullable String type, @Nullable Long amountMinor, @Nullable String currency) {}

  /** Books it now, by the sandbox's clock. */
  @PostMapping
  String book(@RequestBody Booking booking) {
    String type = booking.type();
    if (type == null || !TYPES.contains(type)) {
      throw StripeRefusal.invalid(
          null, "type", "Invalid type: must be one of " + String.join(", ", TYPES));
    }
    Long amountMinor = booking.amountMinor();
    if (amountMinor == null) {
      throw StripeRefusal.missing("amountMinor");
    }
    String currency = currency(booking);
    return StripeJson.write(
        transaction.run(() -> views.show(bookWithoutSource.handle(type, amountMinor, currency))));
  }

  private static String currency(Booking booking) {
    String told = booking.currency();
    if (told == null) {
      throw StripeRefusal.missing("currency");
    }
    String currency = told.toLowerCase(Locale.ROOT);
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equalsIgnoreCase(currency))) {
      throw StripeRefusal.invalid(null, "currency", "Invalid currency: " + currency + ".");
    }
    return currency;
  }
}
