package io.cpdevents.payout.stripe;

import com.stripe.StripeClient;
import com.stripe.model.BalanceSettings;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Refuses to start while the platform's account at Stripe pays out by itself: that would take the
 * money of organizations to the platform's bank, and nothing would be left to transfer to them. A
 * Stripe that cannot be asked stops nobody.
 */
@Component
class RequireManualPayouts implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(RequireManualPayouts.class);
  private static final String MANUAL = "manual";

  private final StripeClient client;
  private final StripeCalls calls;

  RequireManualPayouts(StripeClient client, StripeCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    String interval;
    try {
      interval = interval();
    } catch (StripeUnavailable | StripeRefused unknown) {
      log.warn("Whether Stripe pays the platform out by itself is not known", unknown);
      return;
    }
    if (!interval.equals(MANUAL)) {
      throw new IllegalStateException(
          "The platform's account at Stripe pays out by itself (%s), which takes the money of"
                  .formatted(interval)
              + " organizations to the platform's bank. Switch its payouts to manual: in the"
              + " Dashboard under Settings, Payouts, or by POST /v1/balance_settings with"
              + " payments[payouts][schedule][interval]=manual. Then start again.");
    }
  }

  /** {@code manual}, {@code daily}, {@code weekly} or {@code monthly}. */
  private String interval() {
    BalanceSettings settings =
        calls.make("get balance settings", () -> client.v1().balanceSettings().retrieve());
    return settings.getPayments().getPayouts().getSchedule().getInterval();
  }
}
