package io.cpdevents.billing.payments;

import io.cpdevents.platform.operations.PassingState;
import io.cpdevents.platform.operations.PassingState.Rows;
import io.cpdevents.platform.operations.PassingState.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When payments, pages and charges that are under way count as stuck. */
@Configuration(proxyBeanMethods = false)
class PassingPayments {

  /** Registration tells the end of a hold within seconds, and the page is closed then. */
  private static final Duration AFTER_THE_HOLD_MOST = Duration.ofMinutes(15);

  /** The slowest bank debits take five business days. */
  private static final Duration PROCESSING_MOST = Duration.ofDays(9);

  /** The sweep asks after 45 seconds and then at twice the distance. */
  private static final Duration UNSETTLED_MOST = Duration.ofHours(2);

  @Bean
  PassingState awaitedPayments() {
    return new PassingState(
        "payment",
        "awaiting-payment",
        new Rows("payment", "status = 'AWAITING_PAYMENT'", "hold_expires_at", Time.BUSINESS),
        AFTER_THE_HOLD_MOST);
  }

  @Bean
  PassingState processingPayments() {
    return new PassingState(
        "payment",
        "processing",
        new Rows("payment", "status = 'PROCESSING'", "created_at", Time.BUSINESS),
        PROCESSING_MOST);
  }

  @Bean
  PassingState requestedCheckouts() {
    return new PassingState(
        "checkout",
        "requested",
        new Rows("checkout", "status = 'REQUESTED'", "expires_at", Time.BUSINESS),
        AFTER_THE_HOLD_MOST);
  }

  @Bean
  PassingState openCheckouts() {
    return new PassingState(
        "checkout",
        "open",
        new Rows("checkout", "status = 'OPEN'", "expires_at", Time.BUSINESS),
        AFTER_THE_HOLD_MOST);
  }

  @Bean
  PassingState unsettledCharges() {
    return new PassingState(
        "charge",
        "unsettled",
        new Rows("stripe_charge", "balance_transaction_id IS NULL", "recorded_at", Time.BUSINESS),
        UNSETTLED_MOST);
  }
}
