package io.cpdevents.registration.disputes;

import io.cpdevents.platform.state.Transitions;

/**
 * What a dispute means for tickets, and the table of its state changes. A bank may change its mind:
 * a dispute that was won can be lost the day after, and the reverse.
 */
public enum DisputeStatus {
  /** The bank only asks about the payment: no money has moved. */
  INQUIRY,
  /** The bank has taken the money back for the time being. */
  OPEN,
  /** The money stays with the buyer. */
  LOST,
  /** The organization has the money: it came back, or was never taken. */
  OVER;

  /** Every change of a dispute's state. */
  public static final Transitions<DisputeStatus, Trigger> TRANSITIONS =
      Transitions.named("ticket-dispute", DisputeStatus.class, Trigger.class)
          .row(INQUIRY, Trigger.ESCALATED, OPEN, "the bank takes the money after its inquiry")
          .ignored(OPEN, Trigger.ESCALATED, "the bank has taken the money before")
          .ignored(LOST, Trigger.ESCALATED, "the bank has taken the money before")
          .row(
              OVER,
              Trigger.ESCALATED,
              OPEN,
              "the bank takes the money although the dispute had ended")
          .row(INQUIRY, Trigger.LOST, LOST, "the bank decides for the buyer at once")
          .row(OPEN, Trigger.LOST, LOST, "the bank decides for the buyer")
          .ignored(LOST, Trigger.LOST, "it was lost before")
          .row(OVER, Trigger.LOST, LOST, "the bank changes its mind")
          .row(INQUIRY, Trigger.ENDED, OVER, "the inquiry ends and no money moves")
          .row(OPEN, Trigger.ENDED, OVER, "the bank decides for the organization")
          .row(LOST, Trigger.ENDED, OVER, "the bank changes its mind")
          .ignored(OVER, Trigger.ENDED, "it had ended before")
          .build();

  /** What changes the state of a dispute. */
  public enum Trigger {
    /** An inquiry became a dispute that takes money. */
    ESCALATED,
    /** The money stays with the buyer. */
    LOST,
    /** The money came back, or never moved. */
    ENDED
  }
}
