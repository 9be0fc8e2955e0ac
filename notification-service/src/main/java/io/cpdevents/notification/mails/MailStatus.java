package io.cpdevents.notification.mails;

import io.cpdevents.platform.state.Transitions;
import java.util.EnumSet;
import java.util.List;

/** Where a mail stands. */
public enum MailStatus {
  /** It waits to be sent, or to be tried again. */
  QUEUED,
  /** A worker has claimed it. */
  SENDING,
  /** The mail server took it. */
  SENT,
  /** It will not be delivered; the reason says why. */
  FAILED,
  /** Nobody needs it any more. */
  DROPPED;

  /** What can happen to a mail. */
  public enum Trigger {
    /** A worker claimed it. */
    CLAIMED,
    /** The mail server took it: 250. */
    ACCEPTED,
    /** The mail server will never take it: 5xx, or the address is not valid. */
    REFUSED,
    /** It could not be sent now. */
    DELAYED,
    /** It was delayed for too long. */
    GIVEN_UP,
    /** It expired, its link was used, its recipient was erased, or it is one of too many. */
    WITHDRAWN
  }

  /** Every change there is. */
  public static final Transitions<MailStatus, Trigger> TRANSITIONS = table();

  private static Transitions<MailStatus, Trigger> table() {
    Transitions.Table<MailStatus, Trigger> table =
        Transitions.named("mail", MailStatus.class, Trigger.class)
            .row(QUEUED, Trigger.CLAIMED, SENDING, "it is due")
            .row(SENDING, Trigger.CLAIMED, SENDING, "its worker died: the lease ran out")
            .row(SENDING, Trigger.ACCEPTED, SENT, "the mail server took it")
            .row(SENDING, Trigger.REFUSED, FAILED, "the mail server will never take it")
            .row(SENDING, Trigger.DELAYED, QUEUED, "something that it needs is down: later")
            .row(SENDING, Trigger.GIVEN_UP, FAILED, "it was delayed for five days")
            .row(SENDING, Trigger.WITHDRAWN, DROPPED, "nobody needs it any more");
    for (Trigger trigger : EnumSet.complementOf(EnumSet.of(Trigger.CLAIMED))) {
      table.refused(QUEUED, trigger, "no worker has it");
    }
    for (MailStatus settled : List.of(SENT, FAILED, DROPPED)) {
      for (Trigger trigger : Trigger.values()) {
        table.refused(settled, trigger, "it is settled; a repetition is a new mail");
      }
    }
    return table.build();
  }
}
