package io.cpdevents.accounts.passkeys;

import io.cpdevents.platform.time.SystemTime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Challenges that were answered are forgotten once nobody could answer them again. */
@Component
public class RemoveExpiredChallenges {

  private static final int MAX_BATCH_ROWS = 200;

  private final UsedChallenges usedChallenges;
  private final SystemTime systemTime;

  RemoveExpiredChallenges(UsedChallenges usedChallenges, SystemTime systemTime) {
    this.usedChallenges = usedChallenges;
    this.systemTime = systemTime;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return usedChallenges.removeExpired(systemTime.now(), MAX_BATCH_ROWS);
  }
}
