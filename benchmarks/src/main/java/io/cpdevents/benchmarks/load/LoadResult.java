package io.cpdevents.benchmarks.load;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a load met.
 *
 * @param seconds from the first intended time to the last answer
 * @param latencies of what was served; from the intended time when the load was open
 * @param outcomes how many ended how
 * @param acknowledged everything the platform said exists
 */
public record LoadResult(
    double seconds, Latencies latencies, Map<String, Long> outcomes, Set<UUID> acknowledged) {

  /** How many were served. */
  public long served() {
    return outcomes.getOrDefault(Action.Outcome.GOOD, 0L);
  }

  /** How many were served in a second. */
  public double perSecond() {
    return served() / seconds;
  }
}
