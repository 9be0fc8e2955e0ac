package io.cpdevents.platform.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The machine's time, which nobody moves: leases, retries and signatures live on it. Business dates
 * use the {@link Clock} bean.
 */
public final class SystemTime {

  private final Clock clock = Clock.systemUTC();

  /** Now, on the machine. */
  public Instant now() {
    return clock.instant();
  }
}
