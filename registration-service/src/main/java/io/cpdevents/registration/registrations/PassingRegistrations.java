package io.cpdevents.registration.registrations;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When registrations whose hold is over count as stuck: their places are on sale for nobody. */
@Configuration(proxyBeanMethods = false)
class PassingRegistrations {

  /** The sweep runs every 2 seconds; a rush of holds that end together takes it minutes. */
  private static final Duration AFTER_THE_HOLD_MOST = Duration.ofMinutes(5);

  @Bean
  PassingState heldRegistrations() {
    return new PassingState(
        "registration",
        "held",
        new Rows("registration", "status = 'held'", "hold_expires_at", Time.BUSINESS),
        AFTER_THE_HOLD_MOST);
  }
}
