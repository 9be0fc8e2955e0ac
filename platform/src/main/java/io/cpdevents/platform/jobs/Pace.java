package io.cpdevents.platform.jobs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Rests between rounds of work that cost about as much for one thing as for fifty: for three times
 * as long as the round took, so that rounds take a quarter of the time at the most. What comes in
 * meanwhile is served together, the more of it the busier the machine is.
 *
 * @param least rest, and so what somebody waits for at the most on a quiet machine
 * @param most rest, however long a round took
 */
public record Pace(Duration least, Duration most) {

  private static final int RESTS_PER_ROUND = 3;

  /** How long to rest after a round that took so long. */
  Duration restAfter(Duration round) {
    Duration rest = round.multipliedBy(RESTS_PER_ROUND);
    return rest.compareTo(least) < 0 ? least : rest.compareTo(most) > 0 ? most : rest;
  }

  /**
   * Rests.
   *
   * @param beganNanos when the round began, by {@link System#nanoTime}
   */
  public void rest(long beganNanos) {
    long endedNanos = System.nanoTime();
    long untilNanos = endedNanos + restAfter(Duration.ofNanos(endedNanos - beganNanos)).toNanos();
    LockSupport.parkNanos(untilNanos - endedNanos);
  }
}
