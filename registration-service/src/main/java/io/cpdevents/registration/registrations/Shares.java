package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Allocation;
import io.cpdevents.platform.money.BasisPoints;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;

/**
 * The same share of several amounts, in parts that add up: it is computed once on their total, half
 * up to the currency's step, and allocated to them by largest remainder. No part is more than its
 * amount.
 */
final class Shares {

  private Shares() {}

  /**
   * The part of each amount.
   *
   * @param amounts one or more, of one currency, each a multiple of its step
   * @param basisPoints the share, 0 to 10,000
   */
  static List<Money> of(List<Money> amounts, int basisPoints) {
    Money total = amounts.stream().reduce(Money::plus).orElseThrow();
    Currency currency = total.currency();
    long step = CurrencyRules.step(currency);
    long shareInSteps = BasisPoints.of(total.amountMinor() / step, basisPoints);
    long[] weights = amounts.stream().mapToLong(Money::amountMinor).toArray();
    long[] parts = Allocation.allocate(Math.multiplyExact(shareInSteps, step), weights, step);
    return Arrays.stream(parts).mapToObj(part -> new Money(part, currency)).toList();
  }
}
