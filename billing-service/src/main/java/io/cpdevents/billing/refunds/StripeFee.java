package io.cpdevents.billing.refunds;

import io.cpdevents.platform.money.Money;
import java.math.BigInteger;

/** Stripe's fee for a payment, which it keeps when the money goes back. Pure. */
final class StripeFee {

  private StripeFee() {}

  /**
   * The fee's part of a refund: what is due of the fee once it has gone back, half up, less what
   * was due before. So the parts of all refunds add up to the fee.
   *
   * @param fee in the currency of Stripe's balance
   * @param refunded what has gone back before
   * @param amount what goes back now
   */
  static Money keptOf(Money fee, Money captured, Money refunded, Money amount) {
    return new Money(
        due(fee, captured, refunded.plus(amount)) - due(fee, captured, refunded), fee.currency());
  }

  private static long due(Money fee, Money captured, Money gone) {
    BigInteger total = BigInteger.valueOf(captured.amountMinor());
    return BigInteger.valueOf(fee.amountMinor())
        .multiply(BigInteger.valueOf(gone.amountMinor()))
        .multiply(BigInteger.TWO)
        .add(total)
        .divide(total.multiply(BigInteger.TWO))
        .longValueExact();
  }
}
