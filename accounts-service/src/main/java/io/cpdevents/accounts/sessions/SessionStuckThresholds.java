package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When sessions that ran out and were never ended count as stuck: nobody was told of their end. */
@Configuration(proxyBeanMethods = false)
class SessionStuckThresholds {

  /** The sweep runs every 30 seconds. */
  private static final Duration MAX_TIME_AFTER_END = Duration.ofMinutes(10);

  @Bean
  StuckThreshold sessionsToEnd() {
    return new StuckThreshold(
        "session",
        "live",
        new Rows("session", "ended_at IS NULL", "expires_at", Time.BUSINESS),
        MAX_TIME_AFTER_END);
  }
}
