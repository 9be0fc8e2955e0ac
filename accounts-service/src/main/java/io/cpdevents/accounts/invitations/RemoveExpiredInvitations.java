package io.cpdevents.accounts.invitations;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Invitations are removed when their link no longer counts, accepted or not. */
@Component
public class RemoveExpiredInvitations {

  private static final int MAX_BATCH_ROWS = 200;

  private final Invitations invitations;
  private final Clock clock;

  RemoveExpiredInvitations(Invitations invitations, Clock clock) {
    this.invitations = invitations;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return invitations.removeExpired(clock.instant(), MAX_BATCH_ROWS);
  }
}
