package io.cpdevents.platform.money;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits a total into parts that add up to it, by largest remainder. */
public final class Allocation {

  private Allocation() {}

  /**
   * Splits {@code total} in proportion to {@code weights}. The parts add up to the total and each
   * is a multiple of {@code step}; what cannot be split evenly goes to the largest remainders, and
   * among equal ones to the earlier part. Weights that are all zero count as equal.
   *
   * @param total in minor units, not negative, a multiple of {@code step}
   * @param weights one for each part, not negative
   * @param step the currency's step ({@link CurrencyRules#step}), positive
   * @return one part for each weight; none when there are no weights and the total is zero
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static long[] allocate(long total, long[] weights, long step) {
    requireAllocatable(total, weights, step);
    long[] shares = new long[weights.length];
    if (weights.length == 0) {
      return shares;
    }
    BigInteger[] effective = effectiveWeights(weights);
    BigInteger weightSum = Arrays.stream(effective).reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger units = BigInteger.valueOf(total / step);
    BigInteger[] remainders = new BigInteger[weights.length];
    long unitsLeft = total / step;
    for (int i = 0; i < weights.length; i++) {
      BigInteger[] division = units.multiply(effective[i]).divideAndRemainder(weightSum);
      shares[i] = division[0].longValueExact();
      remainders[i] = division[1];
      unitsLeft -= shares[i];
    }
    // The sort is stable, so equal remainders keep the order of the parts.
    int[] byRemainder =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < unitsLeft; i++) {
      shares[byRemainder[i]]++;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] *= step;
    }
    return shares;
  }

  private static void requireAllocatable(long total, long[] weights, long step) {
    if (step <= 0) {
      throw new IllegalArgumentException("step is not positive: " + step);
    }
    if (total < 0 || total % step != 0) {
      throw new IllegalArgumentException(
          "total %d is negative or not a multiple of %d".formatted(total, step));
    }
    if (weights.length == 0 && total != 0) {
      throw new IllegalArgumentException("nothing to allocate %d to".formatted(total));
    }
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("weight is negative: " + weight);
      }
    }
  }

  private static BigInteger[] effectiveWeights(long[] weights) {
    boolean allZero = Arrays.stream(weights).allMatch(weight -> weight == 0);
    return Arrays.stream(weights)
        .mapToObj(weight -> allZero ? BigInteger.ONE : BigInteger.valueOf(weight))
        .toArray(BigInteger[]::new);
  }
}
