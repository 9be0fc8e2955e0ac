package io.cpdevents.gateway.upstream;

import java.time.Duration;

/** How long a service may take. */
public enum Patience {
  /** Nearly everything. */
  ORDINARY(Duration.ofSeconds(10)),
  /** {@code GET /payments?waitSeconds=10} waits by design; checkout waits for Stripe. */
  LONG(Duration.ofSeconds(15));

  private final Duration limit;

  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Until the first byte of the answer, and between any two bytes of it. */
  public Duration limit() {
    return limit;
  }
}
