package io.cpdevents.platform.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Gauges of stuck processes, by process and state. Each is read at most every 5 seconds. */
final class ProcessMetrics {

  private record Reading(StuckProcesses.Count count, Instant at) {}

  private static final Logger log = LoggerFactory.getLogger(ProcessMetrics.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final double MILLIS_PER_SECOND = 1_000;

  private final StuckProcesses stuck;
  private final Clock clock;
  private final Map<StuckThreshold, Reading> readings = new ConcurrentHashMap<>();

  ProcessMetrics(StuckProcesses stuck, Clock systemClock, MeterRegistry metrics) {
    this.stuck = stuck;
    this.clock = systemClock;
    for (StuckThreshold state : stuck.states()) {
      Tags names = Tags.of("process", state.process(), "state", state.state());
      Gauge.builder("cpd.process.stuck", this, gauge(state, StuckProcesses.Count::count))
          .description("How many processes have been in the state for too long")
          .tags(names)
          .register(metrics);
      Gauge.builder(
              "cpd.process.oldest",
              this,
              gauge(state, count -> count.oldestAge().toMillis() / MILLIS_PER_SECOND))
          .description(
              "The age of the oldest process in the state, stuck or not; 0 when there is none")
          .baseUnit("seconds")
          .tags(names)
          .register(metrics);
    }
  }

  private static ToDoubleFunction<ProcessMetrics> gauge(
      StuckThreshold state, ToDoubleFunction<StuckProcesses.Count> figure) {
    return self -> {
      Reading latest = self.read(state);
      return latest == null ? Double.NaN : figure.applyAsDouble(latest.count());
    };
  }

  /** The latest reading; null when none has succeeded yet. */
  private @Nullable Reading read(StuckThreshold state) {
    return readings.compute(
        state,
        (_, last) -> {
          Instant now = clock.instant();
          if (last != null && Duration.between(last.at(), now).compareTo(MAX_AGE) < 0) {
            return last;
          }
          try {
            return new Reading(stuck.count(state), now);
          } catch (DataAccessException unavailable) {
            log.warn(
                "The database could not count stuck processes, so their gauges keep the last value: {}",
                unavailable.toString());
            return last;
          }
        });
  }
}
