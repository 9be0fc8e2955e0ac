package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When events of Stripe that were kept and not applied count as stuck: their worker is gone. */
@Configuration(proxyBeanMethods = false)
class StripeEventStuckThresholds {

  /** Longer than several of the longest waits between attempts. */
  private static final Duration MAX_APPLYING_TIME = Duration.ofMinutes(5);

  @Bean
  StuckThreshold receivedStripeEvents() {
    return new StuckThreshold(
        "stripe-event",
        "received",
        new Rows("stripe_event", "status = 'received'", "received_at", Time.SYSTEM),
        MAX_APPLYING_TIME);
  }
}
