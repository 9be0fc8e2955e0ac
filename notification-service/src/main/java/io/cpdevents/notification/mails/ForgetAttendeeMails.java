package io.cpdevents.notification.mails;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** It is forgotten how many mails an address was sent when they do not count any more. */
@Component
public class ForgetAttendeeMails {

  private static final int MAX_BATCH_ROWS = 1_000;

  private final AttendeeMails attendeeMails;
  private final Clock clock;

  ForgetAttendeeMails(AttendeeMails attendeeMails, Clock clock) {
    this.attendeeMails = attendeeMails;
    this.clock = clock;
  }

  /** Forgets a batch and returns how many mails it had. */
  @Transactional
  public int handle() {
    return attendeeMails.removeCountedBefore(
        clock.instant().minus(AttendeeMails.WINDOW), MAX_BATCH_ROWS);
  }
}
