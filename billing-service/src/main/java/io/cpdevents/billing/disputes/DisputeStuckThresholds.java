package io.cpdevents.billing.disputes;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * When a dispute counts as stuck. One that the bank has not decided does not: that takes months.
 */
@Configuration(proxyBeanMethods = false)
class DisputeStuckThresholds {

  /** Stripe gives the money of a win back within days. */
  private static final Duration MAX_REINSTATEMENT_TIME = Duration.ofDays(10);

  @Bean
  StuckThreshold wonDisputes() {
    return new StuckThreshold(
        "dispute",
        "won",
        new Rows("dispute", "status = 'won' AND NOT settled", "closed_at", Time.BUSINESS),
        MAX_REINSTATEMENT_TIME);
  }
}
