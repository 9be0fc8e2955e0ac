package io.cpdevents.notification.mails;

import java.time.Instant;

/**
 * An attempt to send a mail that has ended.
 *
 * @param claimed the mail as it was when it was claimed
 * @param endedAt business time
 */
record Attempt(Mail claimed, SendOutcome outcome, Instant endedAt) {

  /**
   * The mail from now on.
   *
   * @param systemNow from when the wait for the next attempt counts
   */
  Mail after(Instant systemNow) {
    return claimed.after(outcome, endedAt, systemNow);
  }
}
