package io.cpdevents.billing.stripe;

import io.cpdevents.platform.stripe.StripeBusy;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many refunds are asked for in a second. Stripe answers 25 requests a second at one endpoint:
 * when an event with hundreds of registrations is cancelled, each refund waits for its turn.
 */
@Component
class RefundRate {

  /** The name of the limiter, also in metrics. */
  private static final String NAME = "stripe-refunds";

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** One that waits longer is tried again later. */
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(10);

  private final RateLimiter limiter;

  RefundRate(
      RateLimiterRegistry limiters,
      @Value("${cpd.stripe.max-refunds-per-second}") int maxRefundsPerSecond) {
    this.limiter =
        limiters.rateLimiter(
            NAME,
            RateLimiterConfig.custom()
                .limitForPeriod(maxRefundsPerSecond)
                .limitRefreshPeriod(PERIOD)
                .timeoutDuration(MAX_WAIT_TIME)
                .build());
  }

  /**
   * Asks for a refund when it is its turn.
   *
   * @throws StripeBusy when its turn has not come
   */
  <T> T inTurn(Supplier<T> call) {
    try {
      return limiter.executeSupplier(call);
    } catch (RequestNotPermitted e) {
      throw new StripeBusy("create refund", e);
    }
  }
}
