package io.cpdevents.accounts.credentials;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Password resets are removed when their link no longer counts. */
@Component
public class RemoveExpiredPasswordResets {

  private static final int MAX_BATCH_ROWS = 200;

  private final PasswordResets resets;
  private final Clock clock;

  RemoveExpiredPasswordResets(PasswordResets resets, Clock clock) {
    this.resets = resets;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return resets.removeExpired(clock.instant(), MAX_BATCH_ROWS);
  }
}
