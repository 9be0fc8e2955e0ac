package io.cpdevents.payout.schedules;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of payout schedules. */
@Component
public class ScheduleQueries {

  private final PayoutSchedules schedules;
  private final PayoutSettings settings;
  private final Clock clock;

  ScheduleQueries(PayoutSchedules schedules, PayoutSettings settings, Clock clock) {
    this.schedules = schedules;
    this.settings = settings;
    this.clock = clock;
  }

  /** An organization's schedule; the default when nothing was decided. */
  public ScheduleView scheduleOf(UUID organizationId) {
    return ScheduleView.of(
        schedules.find(organizationId).orElseGet(() -> byDefault(organizationId)));
  }

  /** How long after an event's end an organization's earnings are released. */
  public Duration releaseTimeOf(UUID organizationId) {
    return Duration.ofDays(
        schedules
            .find(organizationId)
            .map(PayoutSchedule::releaseDays)
            .orElse(settings.releaseDaysAfterEvent()));
  }

  /** Schedules of which a period has begun, longest due first. */
  public List<PayoutSchedule> due(int maxRows) {
    return schedules.due(clock.instant(), maxRows);
  }

  /** An organization's schedule, unless it is paid on request alone. */
  public Optional<PayoutSchedule> paidByItself(UUID organizationId) {
    return schedules
        .find(organizationId)
        .filter(schedule -> schedule.interval() != PayoutInterval.MANUAL);
  }

  PayoutSchedule byDefault(UUID organizationId) {
    return PayoutSchedule.byDefault(organizationId, settings.releaseDaysAfterEvent());
  }
}
