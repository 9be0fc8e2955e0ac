package io.cpdevents.platform.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The machine's time, which is never moved: for leases, retries and signatures. Business dates use
 * the {@link Clock} bean.
 */
public final class SystemTime {

  private final Clock clock = Clock.systemUTC();

  /** Now, on the machine. */
  public Instant now() {
    return clock.instant();
  }
}
