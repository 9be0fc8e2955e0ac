package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When an expired session that was not ended counts as stuck: the other services do not know. */
@Configuration(proxyBeanMethods = false)
class SessionStuckThresholds {

  /** Far longer than the interval of the sweep, which is 30 seconds. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(10);

  @Bean
  StuckThreshold sessionsToEnd() {
    return new StuckThreshold(
        "session",
        "live",
        new Rows("session", "ended_at IS NULL", "expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }
}
