package io.cpdevents.payout.payouts;

import io.cpdevents.payout.balances.Balance;
import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.payouts.ScheduledPayouts.Period;
import io.cpdevents.payout.schedules.FinishPeriod;
import io.cpdevents.payout.schedules.PayoutSchedule;
import io.cpdevents.payout.schedules.PostponePeriod;
import io.cpdevents.payout.schedules.ScheduleQueries;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.DatabaseFailures;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Organizations are paid what is available when a period of their schedule begins: one payout for
 * each period and currency, however many look. Less than the minimum waits for the next period, and
 * so does an organization whose account is not ready or that has another payout under way.
 */
@Component
public class RequestScheduledPayouts {

  private static final Logger log = LoggerFactory.getLogger(RequestScheduledPayouts.class);
  private static final int MAX_BATCH_ROWS = 20;

  private final ScheduleQueries schedules;
  private final FinishPeriod finishPeriod;
  private final PostponePeriod postponePeriod;
  private final BalanceQueries balances;
  private final PayPeriod payPeriod;
  private final ScheduledPayouts scheduledPayouts;
  private final Clock clock;

  RequestScheduledPayouts(
      ScheduleQueries schedules,
      FinishPeriod finishPeriod,
      PostponePeriod postponePeriod,
      BalanceQueries balances,
      PayPeriod payPeriod,
      ScheduledPayouts scheduledPayouts,
      Clock clock) {
    this.schedules = schedules;
    this.finishPeriod = finishPeriod;
    this.postponePeriod = postponePeriod;
    this.balances = balances;
    this.payPeriod = payPeriod;
    this.scheduledPayouts = scheduledPayouts;
    this.clock = clock;
  }

  /** Pays a batch of schedules. Returns how many it had. */
  public int handle() {
    List<PayoutSchedule> due = schedules.due(MAX_BATCH_ROWS);
    due.forEach(this::payOrPostpone);
    return due.size();
  }

  /** A defect that concerns one organization keeps none of the others waiting. */
  private void payOrPostpone(PayoutSchedule schedule) {
    try {
      pay(schedule);
    } catch (RuntimeException failure) {
      if (DatabaseFailures.isPassing(failure)) {
        throw failure;
      }
      log.error("The payouts of {} are tried again later", schedule.organizationId(), failure);
      postponePeriod.handle(schedule.organizationId());
    }
  }

  private void pay(PayoutSchedule schedule) {
    schedule
        .duePeriod(clock.instant())
        .ifPresent(start ->
            balances.balancesOf(schedule.organizationId()).stream()
                .map(Balance::available)
                .map(Money::currency)
                .map(currency -> Period.firstAttempt(schedule.organizationId(), currency, start))
                .filter(period -> !scheduledPayouts.isSettled(period))
                .forEach(period -> payPeriod.handle(period, schedule.minimum(period.currency()))));
    finishPeriod.handle(schedule.organizationId());
  }
}
