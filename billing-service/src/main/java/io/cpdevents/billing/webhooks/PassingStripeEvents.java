package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When events of Stripe that were kept and not applied count as stuck: their worker is gone. */
@Configuration(proxyBeanMethods = false)
class PassingStripeEvents {

  /** Beyond several of the longest waits between attempts. */
  private static final Duration RECEIVED_MOST = Duration.ofMinutes(5);

  @Bean
  PassingState receivedStripeEvents() {
    return new PassingState(
        "stripe-event",
        "received",
        new Rows("stripe_event", "state = 'RECEIVED'", "received_at", Time.SYSTEM),
        RECEIVED_MOST);
  }
}
