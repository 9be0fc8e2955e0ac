package io.cpdevents.gateway.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps one address or one session from taking everything, per instance of the gateway. Limits that
 * must be exact, log-ins for example, are rows in accounts-service.
 */
@Component
public class FloodLimits {

  /** So many at once, and so many a second after that. */
  private record Rate(int burst, int perSecond) {}

  /** A training centre may sit behind one address. */
  private static final Rate OF_AN_ADDRESS = new Rate(300, 100);

  private static final Rate OF_A_SESSION = new Rate(100, 20);

  /** Stripe sends everybody's events from a few addresses. */
  private static final Rate OF_WEBHOOKS = new Rate(4_000, 1_000);

  private static final int MOST_KEYS = 200_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);
  private static final String WEBHOOKS = "/webhooks/";

  private final boolean production;
  private final Cache<Object, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(FORGOTTEN_AFTER).build();

  /** Strict in production, absent when relaxed. */
  public FloodLimits(GatewaySettings settings) {
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
      admit(
          webhook ? WEBHOOKS + network(address) : network(address),
          webhook ? OF_WEBHOOKS : OF_AN_ADDRESS);
    }
  }

  /**
   * Counts a request of a session.
   *
   * @throws Refusal 429 {@code too-many-requests} with the seconds to wait
   */
  public void admitSession(UUID sessionId) {
    if (production) {
      admit(sessionId, OF_A_SESSION);
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

  /** One IPv6 customer has a /64 of addresses: its first four groups are the customer. */
  static String network(String address) {
    int groups = 0;
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++groups == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }
}
