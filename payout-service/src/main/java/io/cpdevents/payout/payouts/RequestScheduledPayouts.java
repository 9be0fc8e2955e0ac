package io.cpdevents.payout.payouts;

import io.cpdevents.payout.balances.Balance;
import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.payouts.ScheduledPayouts.Period;
import io.cpdevents.payout.schedules.FinishPeriod;
import io.cpdevents.payout.schedules.PayoutSchedule;
import io.cpdevents.payout.schedules.PostponePeriod;
import io.cpdevents.payout.schedules.ScheduleQueries;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.DatabaseFailures;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Organizations are paid what is available when a period of their schedule begins: one payout for
 * each period and currency, however many look. Less than the minimum waits for the next period, and
 * so does an organization whose account is not ready or that has another payout under way.
 */
@Component
public class RequestScheduledPayouts {

  private static final Logger log = LoggerFactory.getLogger(RequestScheduledPayouts.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final String BELOW_MINIMUM = "below-minimum";

  private final ScheduleQueries schedules;
  private final FinishPeriod finishPeriod;
  private final PostponePeriod postponePeriod;
  private final BalanceQueries balances;
  private final PlacePayout placePayout;
  private final ScheduledPayouts scheduledPayouts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RequestScheduledPayouts(
      ScheduleQueries schedules,
      FinishPeriod finishPeriod,
      PostponePeriod postponePeriod,
      BalanceQueries balances,
      PlacePayout placePayout,
      ScheduledPayouts scheduledPayouts,
      TransactionTemplate transaction,
      Clock clock) {
    this.schedules = schedules;
    this.finishPeriod = finishPeriod;
    this.postponePeriod = postponePeriod;
    this.balances = balances;
    this.placePayout = placePayout;
    this.scheduledPayouts = scheduledPayouts;
    this.transaction = transaction;
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
                .map(currency -> new Period(schedule.organizationId(), currency, start))
                .filter(period -> !scheduledPayouts.isSettled(period))
                .forEach(period -> pay(period, schedule.minimum(period.currency()))));
    finishPeriod.handle(schedule.organizationId());
  }

  private void pay(Period period, Money minimum) {
    String skippedBecause;
    try {
      Boolean paid = transaction.execute(attempt -> isPaid(period, minimum, attempt));
      if (Boolean.TRUE.equals(paid)) {
        return;
      }
      skippedBecause = BELOW_MINIMUM;
    } catch (RuleViolation refused) {
      skippedBecause = refused.code();
    }
    if (scheduledPayouts.settle(period, null, skippedBecause)) {
      log.info("{} is not paid: {}", period, skippedBecause);
    }
  }

  /**
   * Places the payout and settles the period by it, in one transaction: whoever comes second waits
   * for the key of the period, and undoes what it has placed.
   *
   * @return false when there is less than the minimum
   */
  private boolean isPaid(Period period, Money minimum, TransactionStatus attempt) {
    UUID payoutId = Ids.next();
    Payout payout =
        placePayout.handle(
            new PlacePayout.Command(payoutId, period.organizationId(), period.currency(), null));
    if (payout.amount().compareTo(minimum) < 0) {
      attempt.setRollbackOnly();
      return false;
    }
    if (!scheduledPayouts.settle(period, payoutId, null)) {
      attempt.setRollbackOnly();
    }
    return true;
  }
}
