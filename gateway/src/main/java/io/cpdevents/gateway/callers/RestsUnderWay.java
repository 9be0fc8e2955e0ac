package io.cpdevents.gateway.callers;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Bounds the refused bodies of which the rest is read, in all and of one network: nobody needs it,
 * and a connection that is being read cannot make room for another.
 */
@Component
public class RestsUnderWay {

  static final int MAX_RESTS = 64;

  static final int MAX_RESTS_OF_NETWORK = 8;

  private final Semaphore places = new Semaphore(MAX_RESTS);
  private final Shares<String> networks = new Shares<>();

  /**
   * Begins to read the rest of a refused body of an address.
   *
   * @return null when so many are being read that it is not worth it
   */
  public @Nullable Held begin(String address) {
    String network = Network.of(address);
    if (!networks.take(network, 1, Math.min(MAX_RESTS_OF_NETWORK, places.availablePermits()))) {
      return null;
    }
    if (!places.tryAcquire()) {
      networks.giveBack(network, 1);
      return null;
    }
    return () -> {
      places.release();
      networks.giveBack(network, 1);
    };
  }
}
