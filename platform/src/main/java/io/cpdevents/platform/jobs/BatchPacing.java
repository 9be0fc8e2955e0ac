package io.cpdevents.platform.jobs;

import java.time.Duration;

/**
 * How long to rest between rounds of batched work, where a round costs about as much for one item
 * as for fifty. The rest is three times as long as the round took, so that rounds take at most a
 * quarter of the time. Items that arrive during a rest share the next round.
 *
 * @param minRest the shortest rest
 * @param maxRest the longest rest
 */
public record BatchPacing(Duration minRest, Duration maxRest) {

  private static final int RESTS_PER_ROUND = 3;

  /** How long to rest after a round that took so long. */
  public Duration restAfter(Duration round) {
    Duration rest = round.multipliedBy(RESTS_PER_ROUND);
    return rest.compareTo(minRest) < 0 ? minRest : rest.compareTo(maxRest) > 0 ? maxRest : rest;
  }
}
