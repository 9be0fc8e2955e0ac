package io.cpdevents.billing.checkouts;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When pages that are under way count as stuck. */
@Configuration(proxyBeanMethods = false)
class CheckoutStuckThresholds {

  /** A page is closed when the hold ends, which is before it would expire by itself. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(15);

  @Bean
  StuckThreshold requestedCheckouts() {
    return new StuckThreshold(
        "checkout",
        "requested",
        new Rows("checkout", "status = 'requested'", "expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }

  @Bean
  StuckThreshold openCheckouts() {
    return new StuckThreshold(
        "checkout",
        "open",
        new Rows("checkout", "status = 'open'", "expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }
}
