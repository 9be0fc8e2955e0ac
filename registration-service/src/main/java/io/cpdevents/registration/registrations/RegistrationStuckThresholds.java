package io.cpdevents.registration.registrations;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When registrations whose hold is over count as stuck: their places are on sale for nobody. */
@Configuration(proxyBeanMethods = false)
class RegistrationStuckThresholds {

  /** The sweep runs every 2 seconds; a rush of holds that end together takes it minutes. */
  private static final Duration MAX_TIME_AFTER_HOLD = Duration.ofMinutes(5);

  @Bean
  StuckThreshold heldRegistrations() {
    return new StuckThreshold(
        "registration",
        "held",
        new Rows("registration", "status = 'held'", "hold_expires_at", Time.BUSINESS),
        MAX_TIME_AFTER_HOLD);
  }
}
