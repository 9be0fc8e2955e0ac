package io.cpdevents.benchmarks.load;

import java.util.Arrays;

/** Every single latency of a run, so that percentiles are exact. Safe for many threads. */
public final class Latencies {

  private static final int ROOM_AT_FIRST = 4096;
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private long[] nanos = new long[ROOM_AT_FIRST];
  private int size;

  /** Keeps one. */
  public synchronized void add(long latencyNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = latencyNanos;
  }

  /** How many there are. */
  public synchronized int count() {
    return size;
  }

  /**
   * The smallest latency that at least this share of all does not exceed (nearest rank), in
   * milliseconds; NaN when there is none.
   *
   * @param share above 0, at most 1: 0.99 is the 99th percentile
   */
  public synchronized double percentileMs(double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException("not a share: " + share);
    }
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size);
    return sorted[rank - 1] / NANOS_PER_MILLISECOND;
  }
}
