package io.cpdevents.accounts.credentials;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes of e-mail addresses are removed when their links no longer count. */
@Component
public class RemoveExpiredEmailChanges {

  private static final int MAX_BATCH_ROWS = 200;

  private final EmailChanges changes;
  private final Clock clock;

  RemoveExpiredEmailChanges(EmailChanges changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return changes.removeExpired(clock.instant(), MAX_BATCH_ROWS);
  }
}
