package io.cpdevents.accounts.factors;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Authenticator apps that nobody has confirmed in time are removed. */
@Component
public class RemoveUnconfirmedTotps {

  private static final int MAX_BATCH_ROWS = 200;

  private final Totps totps;
  private final Clock clock;

  RemoveUnconfirmedTotps(Totps totps, Clock clock) {
    this.totps = totps;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return totps.removeUnconfirmed(
        clock.instant().minus(ConfirmTotp.MAX_CONFIRMATION_TIME), MAX_BATCH_ROWS);
  }
}
