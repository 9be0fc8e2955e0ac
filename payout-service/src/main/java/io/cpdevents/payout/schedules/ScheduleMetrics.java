package io.cpdevents.payout.schedules;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What an alert looks at: schedules whose payouts fail. */
@Component
class ScheduleMetrics {

  ScheduleMetrics(PayoutSchedules schedules, MeterRegistry metrics) {
    Gauge.builder("cpd.payouts.schedules.failing", schedules, PayoutSchedules::countFailing)
        .description("Payout schedules whose due period could not be paid because of a defect")
        .register(metrics);
  }
}
