package io.cpdevents.billing.time;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * The machine's time, which nobody moves: webhook signatures, leases and retries live on it.
 * Business dates use the {@link Clock} bean.
 */
@Component
public class SystemTime {

  private final Clock clock = Clock.systemUTC();

  /** Now, on the machine. */
  public Instant now() {
    return clock.instant();
  }
}
