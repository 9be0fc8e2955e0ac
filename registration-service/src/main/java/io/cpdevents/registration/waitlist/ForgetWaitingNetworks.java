package io.cpdevents.registration.waitlist;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where somebody waited from is forgotten a week after the offer, and at once without one. */
@Component
public class ForgetWaitingNetworks {

  private static final int MAX_BATCH_ROWS = 500;

  private final WaitlistEntries entries;
  private final Clock clock;

  ForgetWaitingNetworks(WaitlistEntries entries, Clock clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /** Forgets one batch; returns how many there were. */
  @Transactional
  public int handle() {
    return entries.forgetNetworks(clock.instant(), MAX_BATCH_ROWS);
  }
}
