package io.cpdevents.billing.payments;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When payments that are under way count as stuck. */
@Configuration(proxyBeanMethods = false)
class PaymentStuckThresholds {

  /** Registration-service tells the end of a hold within seconds. */
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(15);

  /** The slowest bank debits take five business days. */
  private static final Duration MAX_PROCESSING_TIME = Duration.ofDays(9);

  /** Registration-service confirms within seconds, or asks for the refund. */
  private static final Duration MAX_UNCONFIRMED_TIME = Duration.ofMinutes(2);

  @Bean
  StuckThreshold awaitedPayments() {
    return new StuckThreshold(
        "payment",
        "awaiting-payment",
        new Rows("payment", "status = 'awaiting-payment'", "hold_expires_at", Time.BUSINESS),
        MAX_OVERDUE_TIME);
  }

  @Bean
  StuckThreshold processingPayments() {
    return new StuckThreshold(
        "payment",
        "processing",
        new Rows("payment", "status = 'processing'", "created_at", Time.BUSINESS),
        MAX_PROCESSING_TIME);
  }

  /** Somebody has paid, and has neither a place nor the money back: nobody may be here. */
  @Bean
  StuckThreshold unconfirmedPayments() {
    return new StuckThreshold(
        "payment",
        "unconfirmed",
        new Rows(
            "payment",
            "status = 'captured' AND confirmed_at IS NULL AND returning_since IS NULL",
            "captured_at",
            Time.BUSINESS),
        MAX_UNCONFIRMED_TIME);
  }
}
