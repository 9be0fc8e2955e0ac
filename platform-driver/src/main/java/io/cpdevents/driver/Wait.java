package io.cpdevents.driver;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition by looking again and again.
 *
 * @param most after this long it is given up; there is always one look
 * @param lookEvery the pause between two looks
 */
public record Wait(Duration most, Duration lookEvery) {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** At most this long. */
  public static Wait atMost(Duration most) {
    return new Wait(most, LOOK_EVERY);
  }

  /** The same with another pause between two looks. */
  public Wait lookingEvery(Duration pause) {
    return new Wait(most, pause);
  }

  /** Looks until it is so; throws when it does not come true in time. */
  public void until(String what, BooleanSupplier condition) {
    if (!isSo(condition)) {
      throw inVain(what);
    }
  }

  /** Looks until there is something; throws when it does not come in time. */
  public <T> T untilThere(String what, Supplier<Optional<T>> look) {
    return find(look).orElseThrow(() -> inVain(what));
  }

  /** Looks until it is so, or until the time is over; whether it is. */
  public boolean isSo(BooleanSupplier condition) {
    return find(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty()).isPresent();
  }

  /** Looks until there is something; empty when the time is over. */
  public <T> Optional<T> find(Supplier<Optional<T>> look) {
    long began = System.nanoTime();
    Optional<T> found = look.get();
    while (found.isEmpty() && System.nanoTime() - began < most.toNanos()) {
      pause();
      found = look.get();
    }
    return found;
  }

  private NotAsExpected inVain(String what) {
    return new NotAsExpected("waited %.1f s in vain: %s".formatted(most.toMillis() / 1000.0, what));
  }

  private void pause() {
    try {
      Thread.sleep(lookEvery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
