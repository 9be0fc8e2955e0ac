package io.cpdevents.billing.refunds;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When refunds that are under way count as stuck; one that has failed has a break instead. */
@Configuration(proxyBeanMethods = false)
class PassingRefunds {

  /** A second attempt comes after an hour: who waits for the third is worth a look. */
  private static final Duration REQUESTED_MOST = Duration.ofHours(2);

  /** Stripe tells the outcome of a slow refund within days. */
  private static final Duration PENDING_MOST = Duration.ofDays(7);

  @Bean
  PassingState requestedRefunds() {
    return new PassingState(
        "refund",
        "requested",
        new Rows("refund", "status = 'REQUESTED'", "requested_at", Time.BUSINESS),
        REQUESTED_MOST);
  }

  @Bean
  PassingState pendingRefunds() {
    return new PassingState(
        "refund",
        "pending",
        new Rows("refund", "status = 'PENDING'", "requested_at", Time.BUSINESS),
        PENDING_MOST);
  }
}
