package io.cpdevents.payout.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.PermissionException;
import com.stripe.model.BalanceSettings;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Refuses to start while the platform's account at Stripe pays out by itself: that would take the
 * money of organizations to the platform's bank, and nothing would be left to transfer to them. So
 * does a key that may not ask. A Stripe that does not answer stops nobody: it is asked again at the
 * next start.
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
    } catch (StripeRefused refused) {
      throw notAllowedToAsk(refused);
    } catch (StripeUnavailable unavailable) {
      if (isRefusal(unavailable.getCause())) {
        throw notAllowedToAsk(unavailable);
      }
      log.warn("Whether Stripe pays the platform out by itself is not known", unavailable);
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

  /** Stripe does not know our key, or the key lacks a permission: another answer never comes. */
  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof PermissionException || cause instanceof AuthenticationException;
  }

  private static IllegalStateException notAllowedToAsk(Exception refusal) {
    return new IllegalStateException(
        "Stripe refuses to tell whether the platform's account pays out by itself, which would take"
            + " the money of organizations to the platform's bank. Give the key in"
            + " CPD_STRIPE_API_KEY the permission to read balance settings (in the Dashboard under"
            + " Developers, API keys), or use another key. Then start again.",
        refusal);
  }

  /**
   * {@code manual}, {@code daily}, {@code weekly} or {@code monthly}; {@code unknown} when Stripe
   * tells no schedule.
   */
  private String interval() {
    BalanceSettings settings =
        calls.make("get balance settings", () -> client.v1().balanceSettings().retrieve());
    return Optional.ofNullable(settings.getPayments())
        .map(BalanceSettings.Payments::getPayouts)
        .map(BalanceSettings.Payments.Payouts::getSchedule)
        .map(BalanceSettings.Payments.Payouts.Schedule::getInterval)
        .orElse("unknown");
  }
}
