package io.cpdevents.notification.mails;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When mails that are neither sent nor given up count as stuck. */
@Configuration(proxyBeanMethods = false)
class MailStuckThresholds {

  /** The same as in the alert on the oldest mail. */
  private static final Duration MAX_WAITING_TIME = Duration.ofMinutes(10);

  @Bean
  StuckThreshold queuedMails() {
    return new StuckThreshold(
        "mail",
        "queued",
        new Rows("mail", "status = 'queued'", "queued_at", Time.BUSINESS),
        MAX_WAITING_TIME);
  }

  @Bean
  StuckThreshold sendingMails() {
    return new StuckThreshold(
        "mail",
        "sending",
        new Rows("mail", "status = 'sending'", "queued_at", Time.BUSINESS),
        MAX_WAITING_TIME);
  }
}
