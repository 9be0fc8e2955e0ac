package io.cpdevents.payout.schedules;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A period of an organization has been paid, and its schedule waits for the next one. */
@Component
public class FinishPeriod {

  private final PayoutSchedules schedules;
  private final ScheduleQueries queries;
  private final Clock clock;

  FinishPeriod(PayoutSchedules schedules, ScheduleQueries queries, Clock clock) {
    this.schedules = schedules;
    this.queries = queries;
    this.clock = clock;
  }

  /** Waits for the next period, unless the schedule does so already. */
  @Transactional
  public void handle(UUID organizationId) {
    PayoutSchedule schedule = schedules.lock(queries.byDefault(organizationId));
    if (schedule.duePeriod(clock.instant()).isPresent()) {
      schedules.save(schedule.waitingForNext(clock.instant()));
    }
  }
}
