package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schedules of automatic payouts, in the settings of accounts. */
public final class PayoutSchedules {
  private static final String INTERVAL = "interval";
  private static final String WEEKLY_DAYS = "weekly_payout_days";
  private static final String MONTHLY_DAYS = "monthly_payout_days";
  private static final String MANUAL = "manual";
  private static final String WEEKLY = "weekly";
  private static final String MONTHLY = "monthly";
  private static final int MAX_DAY_OF_MONTH = 31;

  private PayoutSchedules() {}

  /** Reads {@code schedule} into an account's settings. */
  static void read(Params parent, StripeObject account) {
    Params given = parent.child("schedule");
    if (given == null) {
      return;
    }
    ObjectNode schedule = Accounts.schedule(account);
    String interval = given.oneOf(INTERVAL, MANUAL, "daily", WEEKLY, MONTHLY);
    List<String> weekDays = weekDays(given);
    List<Integer> monthDays = monthDays(given);
    if (interval == null) {
      throw StripeRefusal.missing(given.full(INTERVAL));
    }
    requireDays(given, interval, WEEKLY, WEEKLY_DAYS, weekDays);
    requireDays(given, interval, MONTHLY, MONTHLY_DAYS, monthDays);
    schedule.retain("delay_days");
    schedule.put(INTERVAL, interval);
    if (!weekDays.isEmpty()) {
      ArrayNode array = schedule.putArray(WEEKLY_DAYS);
      weekDays.forEach(array::add);
      schedule.put("weekly_anchor", weekDays.getFirst());
    }
    if (!monthDays.isEmpty()) {
      ArrayNode array = schedule.putArray(MONTHLY_DAYS);
      monthDays.forEach(array::add);
      schedule.put("monthly_anchor", monthDays.getFirst());
    }
  }

  private static void requireDays(
      Params given, String interval, String of, String param, List<?> days) {
    if (interval.equals(of) == days.isEmpty()) {
      throw StripeRefusal.invalid(
          null,
          given.full(param),
          "%s is required with the interval %s, and not allowed with any other."
              .formatted(given.full(param), of));
    }
  }

  private static List<String> weekDays(Params given) {
    List<String> days = new ArrayList<>(given.texts(WEEKLY_DAYS));
    String anchor = given.text("weekly_anchor");
    if (anchor != null) {
      days.add(anchor);
    }
    for (String day : days) {
      if (dayOfWeek(day) == null) {
        throw StripeRefusal.invalid(
            null, given.full(WEEKLY_DAYS), "Invalid day of the week: " + day);
      }
    }
    return days;
  }

  private static @Nullable DayOfWeek dayOfWeek(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).equals(name)) {
        return day;
      }
    }
    return null;
  }

  private static List<Integer> monthDays(Params given) {
    List<Integer> days = new ArrayList<>();
    List<String> texts = new ArrayList<>(given.texts(MONTHLY_DAYS));
    Long anchor = given.integer("monthly_anchor");
    if (anchor != null) {
      texts.add(anchor.toString());
    }
    for (String text : texts) {
      try {
        int day = Integer.parseInt(text);
        if (day >= 1 && day <= MAX_DAY_OF_MONTH) {
          days.add(day);
          continue;
        }
      } catch (NumberFormatException _) {
        // Refused below, like a day that no month has.
      }
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          given.full(MONTHLY_DAYS),
          "Days of the month are numbers from 1 to 31.");
    }
    return days;
  }

  public static boolean isManual(StripeObject account) {
    return Accounts.schedule(account).get(INTERVAL).asString().equals(MANUAL);
  }

  /** The next midnight, in UTC, of a day with automatic payouts. */
  public static long next(StripeObject account, long now) {
    ObjectNode schedule = Accounts.schedule(account);
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(now, 86_400L)).plusDays(1);
    while (!isPayoutDay(schedule, day)) {
      day = day.plusDays(1);
    }
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  private static boolean isPayoutDay(ObjectNode schedule, LocalDate day) {
    return switch (schedule.get(INTERVAL).asString()) {
      case WEEKLY ->
          days(schedule, WEEKLY_DAYS)
              .anyMatch(name -> day.getDayOfWeek() == dayOfWeek(name.asString()));
      case MONTHLY ->
          days(schedule, MONTHLY_DAYS)
              .anyMatch(number ->
                  day.getDayOfMonth()
                      == Math.min(number.asInt(), YearMonth.from(day).lengthOfMonth()));
      default -> true;
    };
  }

  private static Stream<JsonNode> days(ObjectNode schedule, String field) {
    return schedule.path(field).valueStream();
  }
}
