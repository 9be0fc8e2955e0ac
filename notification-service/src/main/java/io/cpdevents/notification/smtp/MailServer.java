package io.cpdevents.notification.smtp;

import java.util.function.BooleanSupplier;

/** The way out: takes a mail, or says why not. */
public interface MailServer {

  /**
   * Hands one mail over. Never throws for what a mail server or the network does.
   *
   * @param stillWanted asked at the last moment: the mail may have waited for a free connection
   */
  Answer hand(Envelope envelope, BooleanSupplier stillWanted);

  /** How many mails may be tried now: all, one to find out whether the server is back, or none. */
  int mostAtOnce(int wanted);

  /** Runs something each time the server may have come back. */
  void onReturn(Runnable listener);

  /** What a mail server said. Reasons are codes. */
  sealed interface Answer {

    /** 250 after the whole mail: it is the server's now. */
    record Accepted() implements Answer {}

    /** It will never take this mail. */
    record Refused(String reason) implements Answer {}

    /** It is there, and does not take this mail now. */
    record Deferred(String reason) implements Answer {}

    /** It cannot be reached, or does not take mail from us at all. */
    record Away(String reason) implements Answer {}

    /** It was not asked: the mail was not wanted any more. */
    record Withheld() implements Answer {}
  }
}
