package io.cpdevents.platform.jobs;

import java.time.Duration;

/**
 * Exponential back-off: the wait doubles with each failure, up to the longest.
 *
 * @param first the wait after the first failure
 * @param longest the wait after many
 */
public record BackOff(Duration first, Duration longest) {

  private static final int MAX_DOUBLINGS = 30;

  /** Checks that the waits are positive and in order. */
  public BackOff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("from %s to %s".formatted(first, longest));
    }
  }

  /**
   * How long to wait.
   *
   * @param failures so far, one or more; fewer count as one
   */
  public Duration after(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    // Compared before it is multiplied, so that nothing overflows.
    boolean reached = longest.dividedBy(1L << doublings).compareTo(first) < 0;
    return reached ? longest : first.multipliedBy(1L << doublings);
  }
}
