package io.cpdevents.platform.stripe;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.Callers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives each caller few of the calls to Stripe that are under way at a time, so that nobody who
 * sends many requests at once keeps all others from Stripe. What nobody asked for, such as jobs and
 * webhooks, is not counted.
 */
final class CallsOfCallers {

  static final int MAX_CALLS_OF_CALLER = 4;

  /**
   * The calls of one caller.
   *
   * @param requests how many requests make or want to make one
   */
  private record Share(Semaphore calls, int requests) {}

  private final Map<UUID, Share> shares = new ConcurrentHashMap<>();
  private final Duration maxWaitTime;

  /** A call waits as long as this for one before it. */
  CallsOfCallers(Duration maxWaitTime) {
    this.maxWaitTime = maxWaitTime;
  }

  /**
   * Makes the call when few others of the same caller are under way.
   *
   * @throws StripeBusy when it has waited long enough for them
   */
  <T> T make(String operation, Supplier<T> call) {
    Optional<UUID> caller = Callers.current().map(Caller::accountId);
    return caller.isPresent() ? makeFor(caller.get(), operation, call) : call.get();
  }

  private <T> T makeFor(UUID caller, String operation, Supplier<T> call) {
    Semaphore calls = join(caller);
    try {
      if (!calls.tryAcquire(maxWaitTime.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StripeBusy(
            operation, new IllegalStateException("too many calls of one caller are under way"));
      }
      try {
        return call.get();
      } finally {
        calls.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StripeUnavailable(operation, e);
    } finally {
      leave(caller);
    }
  }

  private Semaphore join(UUID caller) {
    return shares
        .compute(
            caller,
            (_, share) ->
                share == null
                    ? new Share(new Semaphore(MAX_CALLS_OF_CALLER), 1)
                    : new Share(share.calls(), share.requests() + 1))
        .calls();
  }

  private void leave(UUID caller) {
    shares.computeIfPresent(
        caller,
        (_, share) -> share.requests() > 1 ? new Share(share.calls(), share.requests() - 1) : null);
  }
}
