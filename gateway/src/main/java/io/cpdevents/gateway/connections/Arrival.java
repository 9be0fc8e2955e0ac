package io.cpdevents.gateway.connections;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A body that is being read. Who reads it looks at its clock after each part, and who watches the
 * connections looks meanwhile: a single part may take as long as its sender likes, because the size
 * of a chunk can be sent digit by digit.
 */
public final class Arrival implements AutoCloseable {

  /**
   * How fast a body must come.
   *
   * @param maxTime in all
   * @param maxStartTime from then on the rate counts, on average
   */
  public record Pace(Duration maxTime, Duration maxStartTime, int minBytesPerSecond) {

    private boolean isMissed(Duration sinceBegun, long bytes) {
      long measuredMillis = sinceBegun.minus(maxStartTime).toMillis();
      return sinceBegun.compareTo(maxTime) > 0
          || (measuredMillis > 0 && bytes < measuredMillis * minBytesPerSecond / 1000);
    }
  }

  private final Pace pace;
  private final LongSupplier nanos;
  private final Runnable whenClosed;
  private final long begunNanos;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Begins now.
   *
   * @param whenClosed nobody reads it any more
   */
  public Arrival(Pace pace, LongSupplier nanos, Runnable whenClosed) {
    this.pace = pace;
    this.nanos = nanos;
    this.whenClosed = whenClosed;
    this.begunNanos = nanos.getAsLong();
  }

  /** So much more of it is there. */
  public void add(int more) {
    bytes.addAndGet(more);
  }

  /** What is there. */
  public long bytes() {
    return bytes.get();
  }

  /** Whether nobody waits for the rest of it. */
  public boolean isTooSlow() {
    return pace.isMissed(Duration.ofNanos(nanos.getAsLong() - begunNanos), bytes.get());
  }

  /** How fast it comes on average; empty while it has hardly begun. */
  OptionalDouble bytesPerSecond() {
    return Slowness.bytesPerSecond(begunNanos, nanos.getAsLong(), bytes.get());
  }

  @Override
  public void close() {
    whenClosed.run();
  }
}
