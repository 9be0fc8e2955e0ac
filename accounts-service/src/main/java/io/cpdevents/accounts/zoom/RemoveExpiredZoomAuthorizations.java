package io.cpdevents.accounts.zoom;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Authorizations from which nobody has come back in time are removed. */
@Component
public class RemoveExpiredZoomAuthorizations {

  private static final int MAX_BATCH_ROWS = 200;

  private final ZoomAuthorizations authorizations;
  private final Clock clock;

  RemoveExpiredZoomAuthorizations(ZoomAuthorizations authorizations, Clock clock) {
    this.authorizations = authorizations;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return authorizations.removeExpired(clock.instant(), MAX_BATCH_ROWS);
  }
}
