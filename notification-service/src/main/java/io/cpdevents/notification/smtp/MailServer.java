package io.cpdevents.notification.smtp;

import java.util.function.BooleanSupplier;

/** The mail server: takes a mail, or says why not. */
public interface MailServer {

  /**
   * Hands one mail over. Never throws for what a mail server or the network does.
   *
   * @param isWanted asked right before: the mail may have waited for a free connection
   */
  Answer handOver(Envelope envelope, BooleanSupplier isWanted);

  /** How many mails may be tried now: all, one to find out whether the server is back, or none. */
  int permitted(int wanted);

  /** Runs something each time the server may have come back. */
  void onReturn(Runnable listener);

  /** What came of handing a mail over. Reasons are codes. */
  sealed interface Answer {

    /** 250 after the whole mail: it is the server's now. */
    record Accepted() implements Answer {}

    /** The server will never take this mail. */
    record Refused(String reason) implements Answer {}

    /** The server answers, and does not take this mail now. */
    record Deferred(String reason) implements Answer {}

    /** The server cannot be reached, or takes no mail from us at all. */
    record Away(String reason) implements Answer {}

    /** The server was not asked. */
    record Withheld(String reason) implements Answer {}
  }
}
