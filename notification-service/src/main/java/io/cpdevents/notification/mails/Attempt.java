package io.cpdevents.notification.mails;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * An attempt to send a mail that has ended.
 *
 * @param claimed the mail as it was when it was claimed
 * @param endedAt business time
 */
record Attempt(Mail claimed, SendMail.Result result, Instant endedAt) {

  /**
   * The mail from now on.
   *
   * @param systemNow from when the wait for the next attempt counts
   */
  Mail after(Instant systemNow) {
    return claimed.after(result.outcome(), endedAt, systemNow);
  }

  /** The mails to others that follow. */
  Stream<QueueMail.Command> others() {
    return result.others().stream();
  }
}
