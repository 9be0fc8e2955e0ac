package io.cpdevents.accounts.erasure;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When erasures count as stuck. */
@Configuration(proxyBeanMethods = false)
class ErasureStuckThresholds {

  /** Far longer than the interval of the sweep; whoever owns an organization meanwhile stays. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofHours(1);

  /** Services answer within seconds, as long as Stripe does. */
  private static final Duration MAX_ANSWER_TIME = Duration.ofHours(1);

  /** A mail is given up after five days. */
  private static final Duration MAX_MAIL_TIME = Duration.ofDays(6);

  @Bean
  StuckThreshold erasuresToStart() {
    return new StuckThreshold(
        "erasure",
        "waiting",
        new Rows("erasure", "status = 'waiting'", "due_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }

  @Bean
  StuckThreshold erasuresToBeAnswered() {
    return new StuckThreshold(
        "erasure",
        "running",
        new Rows("erasure", "status = 'running'", "started_at", Time.BUSINESS),
        MAX_ANSWER_TIME);
  }

  @Bean
  StuckThreshold erasureReceiptsToBeMailed() {
    return new StuckThreshold(
        "erasure",
        "receipt-signed",
        new Rows("erasure", "status = 'receipt-signed'", "receipt_signed_at", Time.BUSINESS),
        MAX_MAIL_TIME);
  }
}
