package io.cpdevents.notification.mails;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Mails that were settled long ago are removed. */
@Component
public class RemoveOldMails {

  /**
   * How long a settled mail can be looked up. Far longer than topics keep events: a mail's row is
   * also what stops a second one for its cause.
   */
  static final Duration RETENTION = Duration.ofDays(180);

  private static final int MAX_BATCH_ROWS = 1_000;

  private final Mails mails;
  private final Clock clock;

  RemoveOldMails(Mails mails, Clock clock) {
    this.mails = mails;
    this.clock = clock;
  }

  /** Removes a batch and returns how many mails it had. */
  @Transactional
  public int handle() {
    return mails.removeSettledBefore(clock.instant().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
