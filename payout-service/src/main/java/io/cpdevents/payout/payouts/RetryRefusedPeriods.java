package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.ScheduledPayouts.Period;
import io.cpdevents.payout.schedules.PayoutSchedule;
import io.cpdevents.payout.schedules.ScheduleQueries;
import io.cpdevents.platform.sql.DatabaseFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Billing may refuse the payout of a period, because a refund or a dispute came between, and one
 * may fail because the organization has another account since: a day later what is available then
 * is paid, unless the next period has begun.
 */
@Component
public class RetryRefusedPeriods {

  private static final Logger log = LoggerFactory.getLogger(RetryRefusedPeriods.class);
  private static final Duration RETRY_AFTER = Duration.ofDays(1);

  /** No period is longer. */
  private static final Duration MAX_PERIOD = Duration.ofDays(31);

  private static final int MAX_BATCH_ROWS = 20;
  private static final String PAID_ON_REQUEST = "paid-on-request";

  private final ScheduledPayouts scheduledPayouts;
  private final ScheduleQueries schedules;
  private final PayPeriod payPeriod;
  private final Clock clock;

  RetryRefusedPeriods(
      ScheduledPayouts scheduledPayouts,
      ScheduleQueries schedules,
      PayPeriod payPeriod,
      Clock clock) {
    this.scheduledPayouts = scheduledPayouts;
    this.schedules = schedules;
    this.payPeriod = payPeriod;
    this.clock = clock;
  }

  /** Tries a batch again. Returns how many it had. */
  public int handle() {
    Instant now = clock.instant();
    List<Period> refused =
        scheduledPayouts.refused(now.minus(MAX_PERIOD), now.minus(RETRY_AFTER), MAX_BATCH_ROWS);
    refused.forEach(this::tryAgainOrLogWhyNot);
    return refused.size();
  }

  /** A defect that concerns one organization keeps none of the others waiting. */
  private void tryAgainOrLogWhyNot(Period period) {
    try {
      tryAgain(period);
    } catch (RuntimeException failure) {
      if (DatabaseFailures.isPassing(failure)) {
        throw failure;
      }
      log.error("{} is tried again with the next batch", period, failure);
    }
  }

  private void tryAgain(Period period) {
    Optional<PayoutSchedule> schedule = schedules.paidByItself(period.organizationId());
    schedule.ifPresentOrElse(
        found -> payPeriod.handle(period, found.minimum(period.currency())),
        () -> scheduledPayouts.settle(period, null, PAID_ON_REQUEST));
  }
}
