package io.cpdevents.registration.promocodes;

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
 * The uses that promo codes count are held against the registrations that have them; an alert fires
 * when they differ. One instance counts at a time: the others say nothing.
 */
@Component
public class WatchPromoCodes {

  private static final Logger log = LoggerFactory.getLogger(WatchPromoCodes.class);

  /** A little more than the time between two counts. */
  private static final Duration MAX_AGE = Duration.ofMinutes(25);

  private record Count(int differences, Instant at) {}

  private final PromoCodes promoCodes;
  private final Clock clock;
  private volatile Count latest = new Count(0, Instant.MIN);

  WatchPromoCodes(PromoCodes promoCodes, Clock clock, MeterRegistry metrics) {
    this.promoCodes = promoCodes;
    this.clock = clock;
    Gauge.builder("cpd.promo.codes.differing", this::differences)
        .description("Promo codes that count other uses than there are registrations with them")
        .register(metrics);
  }

  /** Counts. */
  public void handle() {
    int differences = promoCodes.countDifferences();
    latest = new Count(differences, clock.instant());
    if (differences > 0) {
      log.error("{} counters of promo codes are not what registrations say", differences);
    }
  }

  private @Nullable Integer differences() {
    Count count = latest;
    boolean isOld = count.at().isBefore(clock.instant().minus(MAX_AGE));
    return isOld ? null : Integer.valueOf(count.differences());
  }
}
