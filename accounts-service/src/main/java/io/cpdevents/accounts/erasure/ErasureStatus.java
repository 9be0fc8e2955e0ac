package io.cpdevents.accounts.erasure;

import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.platform.state.Transitions;

/** Where an erasure stands. */
public enum ErasureStatus {
  /** It can be called off. */
  WAITING,
  CALLED_OFF,
  /** The services forget the person. */
  RUNNING,
  /** The receipt is on its way, by the last mail to the person. */
  RECEIPT_SIGNED,
  /** Nobody knows the name and address any more. */
  DONE;

  /** What can happen to an erasure. */
  public enum Trigger {
    /** The person has called it off. */
    CALLED_OFF,
    /** The time to think is over. */
    DUE,
    /** A service has answered. */
    ANSWERED,
    /** The mail with the receipt is settled. */
    RECEIPT_MAILED
  }

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<ErasureStatus, Trigger> TRANSITIONS = table();

  private static Transitions<ErasureStatus, Trigger> table() {
    return Transitions.named("erasure", ErasureStatus.class, Trigger.class)
        .row(
            WAITING,
            Trigger.CALLED_OFF,
            CALLED_OFF,
            "the person has thought better of it",
            ErasureCalledOff.class)
        .row(WAITING, Trigger.DUE, RUNNING, "the time to think is over", ErasureStarted.class)
        .refused(WAITING, Trigger.ANSWERED, "nobody was asked")
        .refused(WAITING, Trigger.RECEIPT_MAILED, "there is no receipt")
        .ignored(CALLED_OFF, Trigger.CALLED_OFF, "asked twice")
        .ignored(CALLED_OFF, Trigger.DUE, "it was called off at the last moment")
        .refused(CALLED_OFF, Trigger.ANSWERED, "nobody was asked")
        .refused(CALLED_OFF, Trigger.RECEIPT_MAILED, "there is no receipt")
        .refused(RUNNING, Trigger.CALLED_OFF, "services have forgotten the person already")
        .ignored(RUNNING, Trigger.DUE, "it runs already")
        .row(RUNNING, Trigger.ANSWERED, RUNNING, "others have not answered yet")
        .row(
            RUNNING,
            Trigger.ANSWERED,
            RECEIPT_SIGNED,
            "all have answered",
            ErasureReceiptSigned.class)
        .refused(RUNNING, Trigger.RECEIPT_MAILED, "there is no receipt")
        .refused(RECEIPT_SIGNED, Trigger.CALLED_OFF, "the person is forgotten already")
        .ignored(RECEIPT_SIGNED, Trigger.DUE, "it has run")
        .ignored(RECEIPT_SIGNED, Trigger.ANSWERED, "told twice")
        .row(
            RECEIPT_SIGNED,
            Trigger.RECEIPT_MAILED,
            DONE,
            "the last mail is settled: the address goes too")
        .refused(DONE, Trigger.CALLED_OFF, "the person is forgotten already")
        .ignored(DONE, Trigger.DUE, "it has run")
        .ignored(DONE, Trigger.ANSWERED, "told twice")
        .ignored(DONE, Trigger.RECEIPT_MAILED, "told twice")
        .build();
  }
}
