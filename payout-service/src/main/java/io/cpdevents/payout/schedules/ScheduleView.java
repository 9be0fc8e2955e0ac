package io.cpdevents.payout.schedules;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an organization is paid by itself, and when money is released.
 *
 * @param minimums less than this is not paid by itself; at most one for each currency
 * @param releaseDaysAfterEvent days after an event's end until what it earned may be paid out
 * @param minReleaseDaysAfterEvent the fewest that the organization may choose
 * @param nextDueAt when it is paid by itself next; null when it is paid on request alone
 */
@Schema(name = "PayoutSchedule")
public record ScheduleView(
    long version,
    PayoutInterval interval,
    List<Money> minimums,
    int releaseDaysAfterEvent,
    int minReleaseDaysAfterEvent,
    @Nullable Instant nextDueAt)
    implements Versioned {

  static ScheduleView of(PayoutSchedule schedule) {
    return new ScheduleView(
        schedule.version(),
        schedule.interval(),
        schedule.minimums(),
        schedule.releaseDays(),
        schedule.minReleaseDays(),
        schedule.nextDueAt());
  }
}
