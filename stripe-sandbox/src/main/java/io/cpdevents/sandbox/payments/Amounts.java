package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Map;
import java.util.Set;

/** The amounts that Stripe accepts, in minor units; from https://docs.stripe.com/currencies. */
public final class Amounts {
  private static final long MAX_AMOUNT_MINOR = 99_999_999;
  private static final long DEFAULT_MIN_AMOUNT_MINOR = 50;

  private static final Map<String, Long> MIN_AMOUNTS_MINOR =
      Map.ofEntries(
          Map.entry("gbp", 30L),
          Map.entry("dkk", 250L),
          Map.entry("nok", 300L),
          Map.entry("sek", 300L),
          Map.entry("hkd", 400L),
          Map.entry("mxn", 1_000L),
          Map.entry("czk", 1_500L),
          Map.entry("huf", 17_500L),
          Map.entry("pln", 200L),
          Map.entry("ron", 200L),
          Map.entry("myr", 200L),
          Map.entry("aed", 200L),
          Map.entry("thb", 1_000L));

  private static final Set<String> LAST_DIGIT_ZERO = Set.of("bhd", "jod", "kwd", "omr", "tnd");
  private static final Set<String> WHOLE_UNITS = Set.of("isk", "ugx");

  private Amounts() {}

  /** Whether an amount is large enough for a charge. */
  public static boolean isChargeable(long amount, String currency) {
    return amount >= MIN_AMOUNTS_MINOR.getOrDefault(currency, DEFAULT_MIN_AMOUNT_MINOR);
  }

  /** Refuses a payment that Stripe would refuse. */
  public static void requireChargeable(long amount, String currency, String param) {
    long min = MIN_AMOUNTS_MINOR.getOrDefault(currency, DEFAULT_MIN_AMOUNT_MINOR);
    if (amount < min) {
      throw StripeRefusal.invalid(
          "amount_too_small",
          param,
          "The amount must be at least %d minor units of %s.".formatted(min, currency));
    }
    if (amount > MAX_AMOUNT_MINOR) {
      throw StripeRefusal.invalid(
          "amount_too_large",
          param,
          "The amount must be no more than %d minor units.".formatted(MAX_AMOUNT_MINOR));
    }
    requireStep(amount, currency, param);
  }

  /** Refuses an amount of a payment or a refund with decimals that the currency does not have. */
  public static void requireStep(long amount, String currency, String param) {
    long step = LAST_DIGIT_ZERO.contains(currency) ? 10 : WHOLE_UNITS.contains(currency) ? 100 : 1;
    if (amount % step != 0) {
      throw StripeRefusal.invalid(
          "invalid_charge_amount_no_decimal_compatible",
          param,
          "Amounts in %s must be multiples of %d.".formatted(currency, step));
    }
  }
}
