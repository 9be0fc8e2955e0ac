package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests of one network that wait for something. An address may have any number of
 * accounts, and without this bound few of them would wait in all places for those who wait.
 */
@Component
public class LongPollsUnderWay {

  /** A quarter of those who may wait for one service. */
  static final int MAX_LONG_POLLS_OF_NETWORK = 32;

  private static final long RETRY_AFTER_SECONDS = 2;

  private final Shares<String> networks = new Shares<>();
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
    if (!networks.take(network, 1, MAX_LONG_POLLS_OF_NETWORK)) {
      refused.increment();
      throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
    }
    return () -> networks.giveBack(network, 1);
  }
}
