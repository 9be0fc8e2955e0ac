package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests that are under way, in all and of one network. The bounds hold whatever the
 * rate limits are, because without them a single slow caller keeps everybody out.
 */
@Component
public class RequestsUnderWay {

  /** Each takes about 100 KB of heap while it waits for a service; the next one is refused. */
  static final int MAX_REQUESTS = 640;

  /** Half of all: a training centre's people share one address, Stripe's webhooks a few. */
  static final int MAX_REQUESTS_OF_NETWORK = MAX_REQUESTS / 2;

  private static final long RETRY_AFTER_SECONDS = 2;

  private final Semaphore places = new Semaphore(MAX_REQUESTS);
  private final Shares<String> networks = new Shares<>();
  private final Lately turnedAway = new Lately();
  private final Counter refusedForAll;
  private final Counter refusedForNetwork;

  RequestsUnderWay(MeterRegistry meters) {
    Gauge.builder("cpd.gateway.requests.under.way", places, RequestsUnderWay::taken)
        .description("Requests that hold one of the gateway's places")
        .register(meters);
    refusedForAll = refused("all", meters);
    refusedForNetwork = refused("network", meters);
  }

  private static double taken(Semaphore places) {
    return MAX_REQUESTS - places.availablePermits();
  }

  static Counter refused(String bound, MeterRegistry meters) {
    return Counter.builder("cpd.gateway.requests.refused")
        .tag("bound", bound)
        .description("Requests that were refused because as many were under way as may be")
        .register(meters);
  }

  /** Whether somebody was refused lately, whoever it was, or would be now. */
  public boolean turnPeopleAway() {
    return places.availablePermits() == 0 || turnedAway.isSo();
  }

  /**
   * Begins a request of an address.
   *
   * @throws Refusal 429 {@code too-many-requests} when its network has its share, 503 {@code
   *     service-unavailable} when all places are taken
   */
  public Held begin(String address) {
    String network = Network.of(address);
    if (!networks.take(network, 1, MAX_REQUESTS_OF_NETWORK)) {
      refusedForNetwork.increment();
      throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
    }
    if (!places.tryAcquire()) {
      networks.giveBack(network, 1);
      refusedForAll.increment();
      turnedAway.happens();
      throw Refusal.overloaded(RETRY_AFTER_SECONDS);
    }
    return () -> {
      places.release();
      networks.giveBack(network, 1);
    };
  }
}
