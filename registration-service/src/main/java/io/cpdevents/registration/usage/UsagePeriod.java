package io.cpdevents.registration.usage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The calendar month (UTC) over which use is counted, on every plan; its end is exclusive. */
@Schema(name = "UsagePeriod")
public record UsagePeriod(Instant start, Instant end) {

  /** The month in which a time lies. */
  static UsagePeriod of(Instant time) {
    ZonedDateTime first =
        time.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    return new UsagePeriod(first.toInstant(), first.plusMonths(1).toInstant());
  }
}
