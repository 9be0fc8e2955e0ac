package io.cpdevents.payout.payouts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Why a payout was held or released is forgotten when it is over for long: whoever is named in what
 * was typed after they were erased cannot be found in it any more.
 */
@Component
public class ForgetOldHoldReasons {

  /** Longer than a year's accounts are open. */
  static final Duration MAX_AGE = Duration.ofDays(550);

  private static final int MAX_BATCH_ROWS = 500;

  private final HoldNotes notes;
  private final Clock clock;

  ForgetOldHoldReasons(HoldNotes notes, Clock clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /** Forgets some; returns how many. */
  @Transactional
  public int handle() {
    Instant before = clock.instant().minus(MAX_AGE);
    return notes.forgetOld(before, MAX_BATCH_ROWS)
        + notes.forgetOldOfPayouts(before, MAX_BATCH_ROWS);
  }
}
