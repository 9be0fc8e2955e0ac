package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The memory in which bodies arrive. Small bodies, which nearly all are, are not counted: there are
 * never more of them than requests under way. What is beyond comes out of one allowance, of which a
 * network may have a quarter.
 */
@Component
public class MemoryForBodies {

  /** Counted from here on, so that uploads never keep other requests out. */
  static final int MAX_UNCOUNTED_BYTES = 16 * 1024;

  static final int MAX_BYTES = 32 * 1024 * 1024;
  static final int MAX_BYTES_OF_NETWORK = MAX_BYTES / 4;

  private static final int UNIT_BYTES = 64 * 1024;
  private static final long RETRY_AFTER_SECONDS = 2;

  private final Semaphore units = new Semaphore(MAX_BYTES / UNIT_BYTES);
  private final Shares<String> networks = new Shares<>();

  /** Begins a body of an address. */
  public Taken of(String address) {
    return new Taken(Network.of(address));
  }

  /** What one body has taken. */
  public final class Taken implements Held {

    private final String network;
    private int taken;

    private Taken(String network) {
      this.network = network;
    }

    /**
     * Takes memory until there is enough for so many bytes.
     *
     * @throws Refusal 429 {@code too-many-requests} when the network has its share, 503 {@code
     *     service-unavailable} when there is none left
     */
    public void growTo(int bytes) {
      int needed = bytes <= MAX_UNCOUNTED_BYTES ? 0 : Math.ceilDiv(bytes, UNIT_BYTES);
      int more = needed - taken;
      if (more <= 0) {
        return;
      }
      int left = units.availablePermits();
      if (left < more) {
        throw Refusal.overloaded(RETRY_AFTER_SECONDS);
      }
      // Never more than what is left for others.
      if (!networks.take(network, more, Math.min(MAX_BYTES_OF_NETWORK / UNIT_BYTES, left))) {
        throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
      }
      if (!units.tryAcquire(more)) {
        networks.giveBack(network, more);
        throw Refusal.overloaded(RETRY_AFTER_SECONDS);
      }
      taken = needed;
    }

    @Override
    public void close() {
      if (taken > 0) {
        units.release(taken);
        networks.giveBack(network, taken);
        taken = 0;
      }
    }
  }
}
