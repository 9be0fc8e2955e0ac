package io.cpdevents.sandbox.balance;

import org.jspecify.annotations.Nullable;

/**
 * What a balance transaction shows of its cause.
 *
 * @param type Stripe's type, e.g. {@code payout}
 * @param category Stripe's reporting category
 * @param amount in minor units, negative when it is subtracted from the balance
 * @param fee in minor units; the balance changes by the amount less the fee
 */
public record BalanceEntry(
    String type, String category, long amount, long fee, @Nullable String description) {

  /** Without a fee. */
  public static BalanceEntry of(
      String type, String category, long amount, @Nullable String description) {
    return new BalanceEntry(type, category, amount, 0, description);
  }
}
