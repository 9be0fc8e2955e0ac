package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.Upstream;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests of one network that wait for something. An address may have any number of
 * accounts, and without this bound few of them would wait in all places for those who wait.
 */
@Component
public class LongPollsUnderWay {

  /** A quarter of those who may wait for one service, of whatever service it is. */
  static final int MAX_LONG_POLLS_OF_NETWORK = 32;

  /** As many as may wait for one service. */
  static final int MAX_LONG_POLLS_OF_SERVICE = 128;

  private static final long RETRY_AFTER_SECONDS = 2;

  /** Those of one network who wait for one service. */
  private record Waiting(Upstream service, String network) {}

  private final Shares<String> networks = new Shares<>();
  private final Shares<Waiting> waiting = new Shares<>();
  private final Map<Upstream, AtomicInteger> all = new EnumMap<>(Upstream.class);
  private final Counter refused;

  LongPollsUnderWay(MeterRegistry meters) {
    this.refused = RequestsUnderWay.refused("network", meters);
    for (Upstream service : Upstream.values()) {
      all.put(service, new AtomicInteger());
    }
  }

  /**
   * Begins to wait for a service, in a request of an address that is under way. Of the places at
   * that service a network never has more than it leaves.
   *
   * @throws Refusal 429 {@code too-many-requests} when its network has its share
   */
  public Held begin(String address, Upstream service) {
    String network = Network.of(address);
    Waiting share = new Waiting(service, network);
    AtomicInteger ofService = Objects.requireNonNull(all.get(service));
    if (!networks.take(network, 1, MAX_LONG_POLLS_OF_NETWORK)) {
      throw refusal();
    }
    if (!waiting.take(share, 1, MAX_LONG_POLLS_OF_SERVICE - ofService.get())) {
      networks.giveBack(network, 1);
      throw refusal();
    }
    ofService.incrementAndGet();
    return () -> {
      ofService.decrementAndGet();
      waiting.giveBack(share, 1);
      networks.giveBack(network, 1);
    };
  }

  private Refusal refusal() {
    refused.increment();
    return Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
  }
}
