package io.cpdevents.notification.mails;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When mails that are neither sent nor given up count as stuck. */
@Configuration(proxyBeanMethods = false)
class PassingMails {

  /** As the alert on the oldest mail has it. */
  private static final Duration WAITING_MOST = Duration.ofMinutes(10);

  @Bean
  PassingState queuedMails() {
    return new PassingState(
        "mail",
        "queued",
        new Rows("mail", "status = 'queued'", "queued_at", Time.BUSINESS),
        WAITING_MOST);
  }

  @Bean
  PassingState sendingMails() {
    return new PassingState(
        "mail",
        "sending",
        new Rows("mail", "status = 'sending'", "queued_at", Time.BUSINESS),
        WAITING_MOST);
  }
}
