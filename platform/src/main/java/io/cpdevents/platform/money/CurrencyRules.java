package io.cpdevents.platform.money;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Set;

/**
 * What Stripe can charge in each currency. Digits follow Stripe, which differs from ISO 4217 for
 * some currencies: see https://docs.stripe.com/currencies (zero-decimal and special-case
 * currencies, minimum charges).
 */
public final class CurrencyRules {

  /** The largest amount of one charge: eight digits in minor units (Stripe). */
  public static final long MAX_CHARGE_MINOR = 99_999_999L;

  private static final Set<String> ZERO_DECIMAL =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");
  private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** Currencies with two decimals at Stripe, of which only whole units can be charged. */
  private static final Set<String> WHOLE_UNITS = Set.of("ISK", "UGX");

  /** Currencies in which whole units only are paid out. */
  private static final Set<String> WHOLE_UNITS_PAID_OUT = Set.of("HUF", "ISK", "TWD", "UGX");

  private static final Map<String, Long> MIN_CHARGES_MINOR =
      Map.ofEntries(
          Map.entry("USD", 50L),
          Map.entry("EUR", 50L),
          Map.entry("CAD", 50L),
          Map.entry("AUD", 50L),
          Map.entry("NZD", 50L),
          Map.entry("SGD", 50L),
          Map.entry("CHF", 50L),
          Map.entry("BRL", 50L),
          Map.entry("INR", 50L),
          Map.entry("GBP", 30L),
          Map.entry("JPY", 50L),
          Map.entry("KWD", 150L),
          Map.entry("DKK", 250L),
          Map.entry("NOK", 300L),
          Map.entry("SEK", 300L),
          Map.entry("HKD", 400L),
          Map.entry("MXN", 1_000L),
          Map.entry("CZK", 1_500L),
          Map.entry("HUF", 17_500L),
          Map.entry("PLN", 200L),
          Map.entry("RON", 200L),
          Map.entry("MYR", 200L),
          Map.entry("AED", 200L),
          Map.entry("THB", 1_000L));

  private static final long DEFAULT_MIN_CHARGE_MINOR = 50L;

  private CurrencyRules() {}

  /** Digits after the point as Stripe counts them: 0, 2 or 3. */
  public static int digits(Currency currency) {
    String code = currency.getCurrencyCode();
    if (ZERO_DECIMAL.contains(code)) {
      return 0;
    }
    return THREE_DECIMAL.contains(code) ? 3 : 2;
  }

  /** The amount as people write it, with a point: 12.50 for 1250 cents, 1250 for 1250 yen. */
  public static BigDecimal decimal(Money amount) {
    return BigDecimal.valueOf(amount.amountMinor(), digits(amount.currency()));
  }

  /** Every amount that is charged or allocated is a multiple of this, in minor units. */
  public static long step(Currency currency) {
    String code = currency.getCurrencyCode();
    if (WHOLE_UNITS.contains(code)) {
      return 100;
    }
    return THREE_DECIMAL.contains(code) ? 10 : 1;
  }

  /**
   * The largest part of an amount that Stripe pays out to a bank: in some currencies with two
   * decimals only whole units. What is left stays where it is.
   */
  public static Money payablePart(Money amount) {
    String code = amount.currency().getCurrencyCode();
    long step = WHOLE_UNITS_PAID_OUT.contains(code) ? 100 : step(amount.currency());
    return new Money(
        amount.amountMinor() - Math.floorMod(amount.amountMinor(), step), amount.currency());
  }

  /** The smallest total that Stripe charges; a total of zero needs no charge. */
  public static Money minimumCharge(Currency currency) {
    long minimumMinor =
        MIN_CHARGES_MINOR.getOrDefault(
            currency.getCurrencyCode(), DEFAULT_MIN_CHARGE_MINOR * step(currency));
    return new Money(minimumMinor, currency);
  }

  /**
   * Refuses a price that cannot be charged exactly.
   *
   * @throws RuleViolation {@code amount-not-payable} when it is negative, larger than Stripe
   *     accepts, or not a multiple of the currency's step
   */
  public static void requirePayable(Money price) {
    if (price.isNegative()
        || price.amountMinor() > MAX_CHARGE_MINOR
        || price.amountMinor() % step(price.currency()) != 0) {
      throw CommonProblem.AMOUNT_NOT_PAYABLE.violation(
          "The amount must be between 0 and %d and a multiple of %d in %s's minor unit."
              .formatted(MAX_CHARGE_MINOR, step(price.currency()), price.currency()));
    }
  }
}
