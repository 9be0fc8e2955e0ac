package io.cpdevents.accounts.accounts;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Verification mails are removed when their link no longer counts, and what is kept of a used link
 * when it is no longer answered as the first time.
 */
@Component
public class RemoveExpiredVerificationMails {

  private static final int MAX_BATCH_ROWS = 200;

  private final VerificationMails mails;
  private final Clock clock;

  RemoveExpiredVerificationMails(VerificationMails mails, Clock clock) {
    this.mails = mails;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    return mails.removeExpired(now, MAX_BATCH_ROWS)
        + mails.removeFollowedBefore(now.minus(VerificationMail.SAME_ANSWER_TIME), MAX_BATCH_ROWS);
  }
}
