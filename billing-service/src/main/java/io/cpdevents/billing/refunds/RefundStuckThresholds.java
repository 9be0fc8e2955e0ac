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

  /** A second attempt comes after an hour: who waits for the third is worth a look. */
  private static final Duration MAX_REQUESTED = Duration.ofHours(2);

  /** Stripe tells the outcome of a slow refund within days. */
  private static final Duration MAX_PENDING = Duration.ofDays(7);

  @Bean
  StuckThreshold requestedRefunds() {
    return new StuckThreshold(
        "refund",
        "requested",
        new Rows("refund", "status = 'requested'", "requested_at", Time.BUSINESS),
        MAX_REQUESTED);
  }

  @Bean
  StuckThreshold pendingRefunds() {
    return new StuckThreshold(
        "refund",
        "pending",
        new Rows("refund", "status = 'pending'", "requested_at", Time.BUSINESS),
        MAX_PENDING);
  }
}
