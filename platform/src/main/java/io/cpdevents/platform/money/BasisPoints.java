package io.cpdevents.platform.money;

/** Percentages in hundredths of a percent, with the platform's one rounding rule: half up. */
public final class BasisPoints {

  /** The whole: 100 %. */
  public static final int WHOLE = 10_000;

  private static final int HALF = WHOLE / 2;

  private BasisPoints() {}

  /**
   * The share of an amount: {@code (amountMinor * basisPoints + 5000) / 10000}.
   *
   * @param amountMinor not negative
   * @param basisPoints 0 to 10,000
   * @throws IllegalArgumentException when either is out of its range
   * @throws ArithmeticException when the product does not fit a long
   */
  public static long of(long amountMinor, int basisPoints) {
    if (amountMinor < 0) {
      throw new IllegalArgumentException("amount is negative: " + amountMinor);
    }
    if (basisPoints < 0 || basisPoints > WHOLE) {
      throw new IllegalArgumentException("basis points out of range: " + basisPoints);
    }
    return Math.addExact(Math.multiplyExact(amountMinor, basisPoints), HALF) / WHOLE;
  }
}
