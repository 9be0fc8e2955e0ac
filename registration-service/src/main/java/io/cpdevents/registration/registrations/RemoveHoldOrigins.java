package io.cpdevents.registration.registrations;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where places were held from is forgotten after a day. */
@Component
public class RemoveHoldOrigins {

  private static final int MAX_BATCH_ROWS = 500;

  private final HoldOrigins origins;
  private final Clock clock;

  RemoveHoldOrigins(HoldOrigins origins, Clock clock) {
    this.origins = origins;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return origins.removeOld(clock.instant(), MAX_BATCH_ROWS);
  }
}
