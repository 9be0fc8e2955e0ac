package io.cpdevents.payout.payouts;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When payouts that are under way count as stuck, and reversals of their transfers. */
@Configuration(proxyBeanMethods = false)
class PayoutStuckThresholds {

  /** Billing answers within seconds, and so does Stripe. */
  private static final Duration MAX_STEP_TIME = Duration.ofHours(1);

  /** Banks take some business days. */
  private static final Duration MAX_TRANSIT_TIME = Duration.ofDays(14);

  @Bean
  StuckThreshold requestedPayouts() {
    return threshold("requested", MAX_STEP_TIME);
  }

  @Bean
  StuckThreshold reservedPayouts() {
    return threshold("reserved", MAX_STEP_TIME);
  }

  @Bean
  StuckThreshold transferredPayouts() {
    return threshold("transferred", MAX_STEP_TIME);
  }

  @Bean
  StuckThreshold payoutsInTransit() {
    return threshold("in-transit", MAX_TRANSIT_TIME);
  }

  @Bean
  StuckThreshold sentTransferReversals() {
    return new StuckThreshold(
        "transfer-reversal",
        "sent",
        new Rows(
            "transfer_reversal", "payout_id", "status = 'sent'", "requested_at", Time.BUSINESS),
        MAX_STEP_TIME);
  }

  private static StuckThreshold threshold(String state, Duration longest) {
    return new StuckThreshold(
        "payout",
        state,
        new Rows("payout", "status = '" + state + "'", "requested_at", Time.BUSINESS),
        longest);
  }
}
