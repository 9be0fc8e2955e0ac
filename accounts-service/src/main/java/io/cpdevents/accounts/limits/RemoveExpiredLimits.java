package io.cpdevents.accounts.limits;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** Counters of attempts are removed when their window is over. */
@Component
public class RemoveExpiredLimits {

  private static final int MAX_BATCH_ROWS = 500;

  private final AttemptCounters counters;
  private final Clock clock;

  RemoveExpiredLimits(AttemptCounters counters, Clock clock) {
    this.counters = counters;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  public int handle() {
    return counters.removeExpired(clock.instant(), MAX_BATCH_ROWS);
  }
}
