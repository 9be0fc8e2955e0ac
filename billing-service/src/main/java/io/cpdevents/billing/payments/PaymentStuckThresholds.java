package io.cpdevents.billing.payments;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When payments, pages and charges that are under way count as stuck. */
@Configuration(proxyBeanMethods = false)
class PaymentStuckThresholds {

  /** Registration tells the end of a hold within seconds, and the page is closed then. */
  private static final Duration MAX_TIME_AFTER_HOLD = Duration.ofMinutes(15);

  /** The slowest bank debits take five business days. */
  private static final Duration MAX_PROCESSING = Duration.ofDays(9);

  /** The sweep asks after 45 seconds and then at twice the distance. */
  private static final Duration MAX_UNSETTLED = Duration.ofHours(2);

  @Bean
  StuckThreshold awaitedPayments() {
    return new StuckThreshold(
        "payment",
        "awaiting-payment",
        new Rows("payment", "status = 'awaiting-payment'", "hold_expires_at", Time.BUSINESS),
        MAX_TIME_AFTER_HOLD);
  }

  @Bean
  StuckThreshold processingPayments() {
    return new StuckThreshold(
        "payment",
        "processing",
        new Rows("payment", "status = 'processing'", "created_at", Time.BUSINESS),
        MAX_PROCESSING);
  }

  @Bean
  StuckThreshold requestedCheckouts() {
    return new StuckThreshold(
        "checkout",
        "requested",
        new Rows("checkout", "status = 'requested'", "expires_at", Time.BUSINESS),
        MAX_TIME_AFTER_HOLD);
  }

  @Bean
  StuckThreshold openCheckouts() {
    return new StuckThreshold(
        "checkout",
        "open",
        new Rows("checkout", "status = 'open'", "expires_at", Time.BUSINESS),
        MAX_TIME_AFTER_HOLD);
  }

  @Bean
  StuckThreshold unsettledCharges() {
    return new StuckThreshold(
        "charge",
        "unsettled",
        new Rows("stripe_charge", "balance_transaction_id IS NULL", "recorded_at", Time.BUSINESS),
        MAX_UNSETTLED);
  }
}
