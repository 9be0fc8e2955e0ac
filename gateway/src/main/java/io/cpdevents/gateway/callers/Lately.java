package io.cpdevents.gateway.callers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether something has happened lately. Who asks whether this instance is full asks every few
 * seconds: an answer about that instant would be left to chance.
 */
public final class Lately {

  /** As often as probes usually ask. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private volatile long lastNanos;

  /** It has never happened. */
  public Lately() {
    this(System::nanoTime);
  }

  Lately(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong() - WINDOW.toNanos() - 1;
  }

  /** It happens now. */
  public void happens() {
    lastNanos = nanos.getAsLong();
  }

  /** Whether it has happened within the time between two probes. */
  public boolean isSo() {
    return nanos.getAsLong() - lastNanos <= WINDOW.toNanos();
  }
}
