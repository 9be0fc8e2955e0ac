package io.cpdevents.billing.disputes;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * When a dispute counts as stuck. One that the bank has not decided does not, which takes months;
 * but money that does not come back, and an end that we do not understand, leave refunds blocked.
 */
@Configuration(proxyBeanMethods = false)
class DisputeStuckThresholds {

  /** Stripe gives the money of a win back within days. */
  private static final Duration MAX_REINSTATEMENT_TIME = Duration.ofDays(10);

  private static final Duration MAX_TIME_NOT_UNDERSTOOD = Duration.ofDays(1);

  @Bean
  StuckThreshold wonDisputes() {
    return new StuckThreshold(
        "dispute",
        "won",
        new Rows("dispute", "status = 'won' AND NOT settled", "closed_at", Time.BUSINESS),
        MAX_REINSTATEMENT_TIME);
  }

  @Bean
  StuckThreshold preventedDisputes() {
    return new StuckThreshold(
        "dispute",
        "prevented",
        new Rows("dispute", "status = 'prevented' AND NOT settled", "closed_at", Time.BUSINESS),
        MAX_REINSTATEMENT_TIME);
  }

  /** Stripe has a word for them that this version does not know. */
  @Bean
  StuckThreshold disputesThatAreNotUnderstood() {
    return new StuckThreshold(
        "dispute",
        "not-understood",
        new Rows(
            "dispute",
            "NOT settled AND status = 'open' AND stripe_status NOT IN ('needs_response', 'under_review')",
            "opened_at",
            Time.BUSINESS),
        MAX_TIME_NOT_UNDERSTOOD);
  }
}
