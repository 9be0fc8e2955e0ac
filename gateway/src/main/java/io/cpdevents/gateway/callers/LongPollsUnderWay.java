package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests of one network that wait for something. An address may have any number of
 * accounts, and without this bound few of them would wait in all places for those who wait.
 */
@Component
public class LongPollsUnderWay {

  /** A quarter of those who may wait for one service, and never more than places are left. */
  static final int MAX_LONG_POLLS_OF_NETWORK = 32;

  /** As many as may wait for a service. */
  private static final int MAX_LONG_POLLS = 128;

  private static final long RETRY_AFTER_SECONDS = 2;

  private final Shares<String> networks = new Shares<>();
  private final AtomicInteger all = new AtomicInteger();
  private final Counter refused;

  LongPollsUnderWay(MeterRegistry meters) {
    this.refused = RequestsUnderWay.refused("network", meters);
  }

  /**
   * Begins to wait, in a request of an address that is under way.
   *
   * @throws Refusal 429 {@code too-many-requests} when its network has its share
   */
  public Held begin(String address) {
    String network = Network.of(address);
    int most = Math.min(MAX_LONG_POLLS_OF_NETWORK, MAX_LONG_POLLS - all.get());
    if (!networks.take(network, 1, most)) {
      refused.increment();
      throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
    }
    all.incrementAndGet();
    return () -> {
      all.decrementAndGet();
      networks.giveBack(network, 1);
    };
  }
}
