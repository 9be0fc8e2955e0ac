package io.cpdevents.benchmarks.load;

import io.cpdevents.benchmarks.load.Action.Outcome;
import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.http.NoAnswer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Writes down what many threads meet. */
final class Recording {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Action action;
  private final long beganNanos = System.nanoTime();
  private final Latencies latencies = new Latencies();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();

  Recording(Action action) {
    this.action = action;
  }

  long beganNanos() {
    return beganNanos;
  }

  /** Performs the action and counts its latency from the intended time. */
  void perform(int number, long intendedNanos) {
    Outcome outcome;
    try {
      outcome = action.perform(number);
    } catch (NoAnswer e) {
      outcome = Outcome.refused(e.reason());
    } catch (NotAsExpected e) {
      outcome = Outcome.refused("not as expected: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (outcome.isGood()) {
      latencies.add(System.nanoTime() - intendedNanos);
    }
    UUID exists = outcome.acknowledged();
    if (exists != null && !acknowledged.add(exists)) {
      count("acknowledged twice: " + exists);
    }
    count(outcome.result());
  }

  void count(String result) {
    outcomes.computeIfAbsent(result, _ -> new LongAdder()).increment();
  }

  LoadResult result() {
    Map<String, Long> counted = new TreeMap<>();
    outcomes.forEach((result, count) -> counted.put(result, count.sum()));
    return new LoadResult(
        (System.nanoTime() - beganNanos) / NANOS_PER_SECOND, latencies, counted, acknowledged);
  }
}
