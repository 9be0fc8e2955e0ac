package io.cpdevents.payout.schedules;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** How often an organization is paid by itself. Periods begin at midnight UTC. */
public enum PayoutInterval {
  /** Never: it asks for each payout. */
  MANUAL,
  /** On Mondays. */
  WEEKLY,
  /** On the first day of each month. */
  MONTHLY;

  /**
   * The beginning of the period in which a time lies.
   *
   * @throws IllegalStateException for {@link #MANUAL}
   */
  Instant periodStart(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return midnight(
        switch (this) {
          case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTHLY -> day.with(TemporalAdjusters.firstDayOfMonth());
          case MANUAL -> throw new IllegalStateException("there are no periods");
        });
  }

  /**
   * The beginning of the first period after a time.
   *
   * @throws IllegalStateException for {@link #MANUAL}
   */
  Instant nextPeriodStart(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return midnight(
        switch (this) {
          case WEEKLY -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
          case MONTHLY -> day.with(TemporalAdjusters.firstDayOfNextMonth());
          case MANUAL -> throw new IllegalStateException("there are no periods");
        });
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
