package io.cpdevents.registration.registrations;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * When a hold that is over counts as stuck: its places are not on sale, although it is too late to
 * pay for them.
 */
@Configuration(proxyBeanMethods = false)
class RegistrationStuckThresholds {

  /** The sweep runs every 2 seconds. When very many holds end together it needs some minutes. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(5);

  @Bean
  StuckThreshold heldRegistrations() {
    return new StuckThreshold(
        "registration",
        "held",
        new Rows("registration", "status = 'held'", "hold_expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }
}
