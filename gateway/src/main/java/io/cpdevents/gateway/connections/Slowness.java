package io.cpdevents.gateway.connections;

import java.time.Duration;
import java.util.OptionalDouble;

/** How slowly callers send or take: who is slowest gives way where there is no room. */
final class Slowness {

  /** Nobody is slow in so short a time. */
  static final Duration MIN_TIME = Duration.ofMillis(50);

  /** Who sends or takes more keeps no place from others. */
  static final double MAX_BYTES_PER_SECOND = 64 * 1024;

  private static final double NANOS_PER_SECOND = 1e9;

  private Slowness() {}

  /** The rate on average; empty before it can be told. */
  static OptionalDouble bytesPerSecond(long sinceNanos, long nowNanos, long bytes) {
    long nanos = nowNanos - sinceNanos;
    return nanos < MIN_TIME.toNanos()
        ? OptionalDouble.empty()
        : OptionalDouble.of(bytes * NANOS_PER_SECOND / nanos);
  }
}
