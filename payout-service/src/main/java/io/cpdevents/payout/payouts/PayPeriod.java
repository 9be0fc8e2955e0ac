package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.ScheduledPayouts.Period;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** What is available becomes the payout of a period, however many look at it at once. */
@Component
class PayPeriod {

  private static final Logger log = LoggerFactory.getLogger(PayPeriod.class);
  private static final String BELOW_MINIMUM = "below-minimum";

  private final PlacePayout placePayout;
  private final ScheduledPayouts scheduledPayouts;
  private final TransactionTemplate transaction;

  PayPeriod(
      PlacePayout placePayout, ScheduledPayouts scheduledPayouts, TransactionTemplate transaction) {
    this.placePayout = placePayout;
    this.scheduledPayouts = scheduledPayouts;
    this.transaction = transaction;
  }

  /** Places the payout, or notes why there is none. */
  void handle(Period period, Money minimum) {
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
