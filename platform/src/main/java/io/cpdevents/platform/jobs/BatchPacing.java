package io.cpdevents.platform.jobs;

import java.time.Duration;

/**
 * How long to rest between rounds of work that cost about as much for one thing as for fifty: three
 * times as long as the round took, so that rounds take a quarter of the time at the most. What
 * comes in meanwhile is served together, the more of it the busier the machine is.
 *
 * @param restMin what somebody waits for at the most on a quiet machine
 * @param restMax the rest, however long a round took
 */
public record BatchPacing(Duration restMin, Duration restMax) {

  private static final int RESTS_PER_ROUND = 3;

  /** How long to rest after a round that took so long. */
  public Duration restAfter(Duration round) {
    Duration rest = round.multipliedBy(RESTS_PER_ROUND);
    return rest.compareTo(restMin) < 0 ? restMin : rest.compareTo(restMax) > 0 ? restMax : rest;
  }
}
