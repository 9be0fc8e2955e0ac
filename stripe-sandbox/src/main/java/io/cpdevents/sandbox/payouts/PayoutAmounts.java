package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.payments.Amounts;
import java.util.Set;

/** The amounts that banks accept; from https://docs.stripe.com/currencies. */
final class PayoutAmounts {
  /** Currencies with two decimals in charges, whose payouts are in whole units. */
  private static final Set<String> WHOLE_UNITS = Set.of("huf", "isk", "twd", "ugx");

  private static final long UNIT = 100;

  private PayoutAmounts() {}

  static void require(long amount, String currency) {
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    if (amount % stepOf(currency) != 0) {
      throw StripeRefusal.invalid(
          null,
          "amount",
          "Payouts in %s must be evenly divisible by %d.".formatted(currency, UNIT));
    }
    Amounts.requireStep(amount, currency, "amount");
  }

  /** The largest amount that can be paid out of this one. */
  static long roundDown(long amount, String currency) {
    return amount - amount % stepOf(currency);
  }

  private static long stepOf(String currency) {
    return WHOLE_UNITS.contains(currency) ? UNIT : 1;
  }
}
