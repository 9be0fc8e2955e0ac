package io.cpdevents.sandbox.payouts;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Business days, in UTC, without bank holidays. */
final class ArrivalDates {
  private static final long DAY_SECONDS = 86_400;

  private ArrivalDates() {}

  /** The beginning of the day after this many business days. */
  static long after(long epochSecond, int businessDays) {
    LocalDate day = dayOf(epochSecond);
    int left = businessDays;
    while (left > 0) {
      day = day.plusDays(1);
      if (isBusinessDay(day)) {
        left--;
      }
    }
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  /** The next midnight. */
  static long midnightAfter(long epochSecond) {
    return dayOf(epochSecond).plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  private static boolean isBusinessDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static LocalDate dayOf(long epochSecond) {
    return LocalDate.ofEpochDay(Math.floorDiv(epochSecond, DAY_SECONDS));
  }
}
