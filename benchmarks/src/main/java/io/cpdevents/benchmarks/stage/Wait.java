package io.cpdevents.benchmarks.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. */
public final class Wait {

  private static final Duration MOST = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private Wait() {}

  /** Looks until there is something; throws when it does not come. */
  static <T> T until(String what, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + MOST.toNanos();
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** Looks until it is so, or until the time is over; answers whether it is. */
  public static boolean isSoWithin(Duration most, BooleanSupplier condition) {
    long deadline = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }
}
