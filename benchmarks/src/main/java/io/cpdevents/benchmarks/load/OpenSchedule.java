package io.cpdevents.benchmarks.load;

import java.time.Duration;

/**
 * When requests are meant to be sent: at an even rate, whatever becomes of those before. Latency is
 * counted from these times, so that a server that stands still pays for everybody who waits.
 *
 * @param perSecond requests in a second
 * @param length how long
 */
public record OpenSchedule(double perSecond, Duration length) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Refuses a schedule without requests. */
  public OpenSchedule {
    if (!(perSecond > 0) || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("nothing to send: " + perSecond + "/s for " + length);
    }
  }

  /** How many requests there are. */
  public int count() {
    return (int) Math.max(1, Math.floor(perSecond * length.toNanos() / NANOS_PER_SECOND));
  }

  /** Nanoseconds from the beginning to the intended time of a request, counted from 0. */
  public long offsetNanos(int request) {
    return Math.round(request * NANOS_PER_SECOND / perSecond);
  }
}
