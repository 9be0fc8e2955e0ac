package io.cpdevents.registration.quotas;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The places that events on sale, their ticket types and quotas count as taken are held against
 * those that are held, confirmed or offered; an alert fires when they differ. One instance counts
 * at a time: the others say nothing.
 */
@Component
public class WatchPlaces {

  private static final Logger log = LoggerFactory.getLogger(WatchPlaces.class);

  /** A little more than the time between two counts. */
  private static final Duration MAX_AGE = Duration.ofMinutes(25);

  private record Count(int differences, Instant at) {}

  private final Quotas quotas;
  private final Clock clock;
  private volatile Count latest = new Count(0, Instant.MIN);

  WatchPlaces(Quotas quotas, Clock clock, MeterRegistry metrics) {
    this.quotas = quotas;
    this.clock = clock;
    Gauge.builder("cpd.places.differing", this::differences)
        .description("Events, ticket types and quotas that count other places than there are")
        .register(metrics);
  }

  /** Counts. */
  public void handle() {
    Instant now = clock.instant();
    int differences = quotas.countDifferences(now);
    latest = new Count(differences, now);
    if (differences > 0) {
      log.error("{} counters of places are not what registrations and offers say", differences);
    }
  }

  private @Nullable Integer differences() {
    Count count = latest;
    boolean isOld = count.at().isBefore(clock.instant().minus(MAX_AGE));
    return isOld ? null : Integer.valueOf(count.differences());
  }
}
