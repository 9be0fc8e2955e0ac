package io.cpdevents.accounts.accounts;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Verification mails are removed when their link no longer counts. */
@Component
public class RemoveExpiredVerificationMails {

  private static final int BATCH_ROWS = 200;

  private final VerificationMails mails;
  private final Clock clock;

  RemoveExpiredVerificationMails(VerificationMails mails, Clock clock) {
    this.mails = mails;
    this.clock = clock;
  }

  /** Removes one batch; answers how many it removed. */
  @Transactional
  public int handle() {
    return mails.removeExpired(clock.instant(), BATCH_ROWS);
  }
}
