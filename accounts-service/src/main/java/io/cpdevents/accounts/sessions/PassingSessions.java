package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When sessions that ran out and were never ended count as stuck: nobody was told of their end. */
@Configuration(proxyBeanMethods = false)
class PassingSessions {

  /** The sweep runs every 30 seconds. */
  private static final Duration AFTER_THE_END_MOST = Duration.ofMinutes(10);

  @Bean
  PassingState sessionsToEnd() {
    return new PassingState(
        "session",
        "live",
        new Rows("session", "ended_at IS NULL", "expires_at", Time.BUSINESS),
        AFTER_THE_END_MOST);
  }
}
