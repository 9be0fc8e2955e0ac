package io.cpdevents.gateway.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.callers.Network;
import io.cpdevents.gateway.problem.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Token-bucket rate limits for each address, session and account, per instance of the gateway.
 * Limits that must be exact, such as those of log-ins, are rows in accounts-service.
 */
@Component
public class RateLimiter {

  /** A bucket's capacity, and how fast it is refilled. */
  private record Rate(int burst, int perSecond) {
    Rate times(int times) {
      return new Rate(times * burst, times * perSecond);
    }
  }

  /** In a /48 of IPv6 there may be a carrier's thousands of phones, or one attacker. */
  private static final int CUSTOMERS_OF_NETWORK = 10;

  /** Generous, because all people of a training centre may share one address. */
  private static final Rate ADDRESS_RATE = new Rate(300, 100);

  private static final Rate SESSION_RATE = new Rate(100, 20);

  /** An account has up to 50 sessions, and what it writes is kept. */
  private static final Rate ACCOUNT_RATE = new Rate(200, 40);

  /** Stripe sends all events from a few addresses. */
  private static final Rate WEBHOOK_RATE = new Rate(4_000, 1_000);

  private static final int MAX_KEYS = 200_000;
  private static final Duration IDLE_KEY_RETENTION = Duration.ofMinutes(2);
  private static final String WEBHOOKS = "/webhooks/";

  private final boolean production;
  private final Cache<Object, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(IDLE_KEY_RETENTION).build();

  /** Limits in production only. */
  public RateLimiter(GatewaySettings settings) {
    this.production = settings.rateLimits() == GatewaySettings.RateLimits.PRODUCTION;
  }

  /**
   * Counts a request of an address.
   *
   * @throws Refusal 429 {@code too-many-requests} with the seconds to wait
   */
  void admitAddress(String address, String path) {
    if (production) {
      boolean webhook = path.startsWith(WEBHOOKS);
      Rate rate = webhook ? WEBHOOK_RATE : ADDRESS_RATE;
      String prefix = webhook ? WEBHOOKS : "";
      String customer = Network.customer(address);
      String network = Network.of(address);
      admit(prefix + customer, rate);
      if (!customer.equals(network)) {
        admit(prefix + network, rate.times(CUSTOMERS_OF_NETWORK));
      }
    }
  }

  /**
   * Counts a request of a session, and so of its account.
   *
   * @throws Refusal 429 {@code too-many-requests} with the seconds to wait
   */
  public void admitSession(UUID sessionId, UUID accountId) {
    if (production) {
      admit(sessionId, SESSION_RATE);
      admit(accountId, ACCOUNT_RATE);
    }
  }

  private void admit(Object key, Rate rate) {
    Bucket bucket = buckets.get(key, _ -> bucket(rate));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooManyRequests(
          Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1).toSeconds());
    }
  }

  private static Bucket bucket(Rate rate) {
    return Bucket.builder()
        .addLimit(limit ->
            limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
        .build();
  }
}
