package io.cpdevents.notification.mails;

import io.cpdevents.platform.state.Transitions;

/** Where a mail stands. */
public enum MailStatus {
  /** Waits to be sent, or to be tried again. */
  QUEUED,
  /** A worker has it. */
  SENDING,
  /** The mail server took it. */
  SENT,
  /** It will not be delivered; the reason says why. */
  FAILED,
  /** Its cause is gone: nobody needs it any more. */
  DROPPED;

  /** What can happen to a mail. */
  public enum Trigger {
    /** A worker took it. */
    CLAIMED,
    /** The mail server took it: 250. */
    ACCEPTED,
    /** The mail server will never take it: 5xx, or the address is none. */
    REFUSED,
    /** It could not be sent now. */
    DELAYED,
    /** It was delayed for so long that it makes no sense any more. */
    GIVEN_UP,
    /** It expired, its link was used, or its recipient was erased. */
    WITHDRAWN
  }

  /** Every change there is. */
  public static final Transitions<MailStatus, Trigger> TRANSITIONS =
      Transitions.<MailStatus, Trigger>named("mail")
          .row(QUEUED, Trigger.CLAIMED, SENDING, "it is due")
          .row(SENDING, Trigger.CLAIMED, SENDING, "its worker died: the lease ran out")
          .row(SENDING, Trigger.ACCEPTED, SENT, "the mail server took it")
          .row(SENDING, Trigger.REFUSED, FAILED, "the mail server will never take it")
          .row(SENDING, Trigger.DELAYED, QUEUED, "somebody we need is away: later")
          .row(SENDING, Trigger.GIVEN_UP, FAILED, "delayed for five days")
          .row(SENDING, Trigger.WITHDRAWN, DROPPED, "its cause is gone")
          .build();
}
