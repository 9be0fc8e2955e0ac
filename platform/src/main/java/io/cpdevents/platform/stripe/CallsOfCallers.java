package io.cpdevents.platform.stripe;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.Callers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Gives each caller few of the calls to Stripe that are under way at a time, and all callers
 * together some of them, so that neither one who sends many requests at once nor many accounts of
 * one keep all others from Stripe. Callers who wait take turns, however many calls each wants. What
 * nobody asked for, such as jobs and webhooks, is not counted.
 */
final class CallsOfCallers {

  static final int MAX_CALLS_OF_CALLER = 4;

  private final int maxCalls;
  private final Duration maxWaitTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<UUID, Integer> underWay = new HashMap<>();

  /** How many calls of whom wait, in the order in which it is their turn. */
  private final Map<UUID, Integer> waiting = new LinkedHashMap<>();

  private int allUnderWay;

  /**
   * A call waits for those before it.
   *
   * @param maxCalls of all callers together at a time
   * @param maxWaitTime as long as this
   */
  CallsOfCallers(int maxCalls, Duration maxWaitTime) {
    this.maxCalls = maxCalls;
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
    begin(caller, operation);
    try {
      return call.get();
    } finally {
      end(caller);
    }
  }

  private void begin(UUID caller, String operation) {
    lock.lock();
    try {
      if (!mayBegin(caller)) {
        awaitTurn(caller, operation);
      }
      underWay.merge(caller, 1, Integer::sum);
      allUnderWay++;
      // The next in turn may be able to begin as well.
      freed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StripeUnavailable(operation, e);
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(UUID caller, String operation) throws InterruptedException {
    waiting.merge(caller, 1, Integer::sum);
    try {
      long leftNanos = maxWaitTime.toNanos();
      while (!mayBegin(caller)) {
        if (leftNanos <= 0) {
          throw new StripeBusy(
              operation, new IllegalStateException("too many calls of callers are under way"));
        }
        leftNanos = freed.awaitNanos(leftNanos);
      }
    } finally {
      int others = Objects.requireNonNull(waiting.remove(caller)) - 1;
      if (others > 0) {
        // Their turn comes after that of all others who wait.
        waiting.put(caller, others);
      }
      freed.signalAll();
    }
  }

  private boolean mayBegin(UUID caller) {
    return isAllowed(caller)
        && waiting.keySet().stream()
            .filter(this::isAllowed)
            .findFirst()
            .map(caller::equals)
            .orElse(true);
  }

  /** Nobody ever has more than is left: who has none yet comes before who has some. */
  private boolean isAllowed(UUID caller) {
    int own = underWay.getOrDefault(caller, 0);
    return own < Math.min(MAX_CALLS_OF_CALLER, maxCalls - allUnderWay);
  }

  private void end(UUID caller) {
    lock.lock();
    try {
      underWay.computeIfPresent(caller, (_, own) -> own > 1 ? Integer.valueOf(own - 1) : null);
      allUnderWay--;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
