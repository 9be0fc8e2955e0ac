package io.cpdevents.billing.charges;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When a charge without its balance transaction counts as stuck. */
@Configuration(proxyBeanMethods = false)
class ChargeStuckThresholds {

  /** Stripe books a charge within a minute, and is asked about it several times in this. */
  private static final Duration MAX_UNSETTLED_TIME = Duration.ofHours(2);

  @Bean
  StuckThreshold unsettledCharges() {
    return new StuckThreshold(
        "charge",
        "unsettled",
        new Rows("stripe_charge", "balance_transaction_id IS NULL", "recorded_at", Time.BUSINESS),
        MAX_UNSETTLED_TIME);
  }
}
