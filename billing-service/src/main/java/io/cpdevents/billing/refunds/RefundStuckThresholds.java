package io.cpdevents.billing.refunds;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When refunds that are under way count as stuck; one that has failed has a break instead. */
@Configuration(proxyBeanMethods = false)
class RefundStuckThresholds {

  /** The second attempt is made after an hour; one that waits longer has been tried twice. */
  private static final Duration MAX_REQUESTED_TIME = Duration.ofHours(2);

  /** While the payment, or the charge that it did not want, is disputed nothing can go back. */
  private static final String REQUESTED_AND_NOT_DISPUTED =
      "status = 'requested' AND NOT EXISTS (SELECT FROM payment WHERE payment.id = payment_id AND"
          + " open_disputes > 0) AND NOT EXISTS (SELECT FROM charge_dispute WHERE"
          + " charge_dispute.stripe_charge_id = refund.stripe_charge_id AND undecided)";

  /** Stripe tells the outcome of a slow refund within days, and goes on when it has the balance. */
  private static final Duration MAX_PENDING_TIME = Duration.ofDays(10);

  @Bean
  StuckThreshold requestedRefunds() {
    return new StuckThreshold(
        "refund",
        "requested",
        new Rows("refund", REQUESTED_AND_NOT_DISPUTED, "requested_at", Time.BUSINESS),
        MAX_REQUESTED_TIME);
  }

  @Bean
  StuckThreshold pendingRefunds() {
    return new StuckThreshold(
        "refund",
        "pending",
        new Rows("refund", "status = 'pending'", "requested_at", Time.BUSINESS),
        MAX_PENDING_TIME);
  }
}
