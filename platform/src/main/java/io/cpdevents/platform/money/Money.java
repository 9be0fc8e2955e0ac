package io.cpdevents.platform.money;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.cpdevents.contracts.MoneyAmount;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;

/**
 * An amount of money in the currency's minor unit as Stripe counts it: cents for CAD, whole yen for
 * JPY, thousandths for KWD. May be negative.
 */
@Schema(requiredProperties = {"amountMinor", "currency"})
public record Money(long amountMinor, Currency currency) implements Comparable<Money> {

  /** Requires a currency, which JSON may lack. */
  public Money {
    if (currency == null) {
      throw new IllegalArgumentException("an amount needs a currency");
    }
  }

  /**
   * An amount.
   *
   * @param currency ISO 4217, upper case
   * @throws IllegalArgumentException when there is no such currency
   */
  public static Money of(long amountMinor, String currency) {
    return new Money(amountMinor, Currency.getInstance(currency));
  }

  /** Zero in a currency. */
  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /** The amount of an event. */
  public static Money from(MoneyAmount amount) {
    return of(amount.amountMinor(), amount.currency());
  }

  /** The amount for an event. */
  public MoneyAmount toAmount() {
    return new MoneyAmount(amountMinor, currency.getCurrencyCode());
  }

  /**
   * The sum.
   *
   * @throws IllegalArgumentException when the currencies differ
   * @throws ArithmeticException when it does not fit a long
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(amountMinor, sameCurrency(other)), currency);
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException when the currencies differ
   * @throws ArithmeticException when it does not fit a long
   */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(amountMinor, sameCurrency(other)), currency);
  }

  /** The amount with the other sign. */
  public Money negate() {
    return new Money(Math.negateExact(amountMinor), currency);
  }

  @JsonIgnore
  public boolean isZero() {
    return amountMinor == 0;
  }

  @JsonIgnore
  public boolean isPositive() {
    return amountMinor > 0;
  }

  @JsonIgnore
  public boolean isNegative() {
    return amountMinor < 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(amountMinor, sameCurrency(other));
  }

  private long sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "cannot combine %s with %s".formatted(currency, other.currency));
    }
    return other.amountMinor;
  }
}
