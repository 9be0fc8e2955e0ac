package io.cpdevents.accounts.credentials;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is kept of followed links is removed when they are no longer answered as the first time. */
@Component
public class RemoveFollowedLinks {

  private static final int MAX_BATCH_ROWS = 200;

  private final FollowedLinks followed;
  private final Clock clock;

  RemoveFollowedLinks(FollowedLinks followed, Clock clock) {
    this.followed = followed;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return followed.removeOld(clock.instant(), MAX_BATCH_ROWS);
  }
}
