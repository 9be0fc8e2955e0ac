package io.cpdevents.billing.disputes;

import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.platform.state.Transitions;

/**
 * Where a dispute stands, as far as it makes a difference to money, and every way from there. The
 * words that Stripe has for it are finer; they are kept beside it.
 */
public enum DisputeStatus {
  /** The bank asks, and no money moves. */
  INQUIRY,
  /** The bank has taken the money and not decided. */
  OPEN,
  WON,
  LOST,
  INQUIRY_CLOSED,
  PREVENTED;

  private static final String CHARGEBACK_FIRST =
      "the bank decides about money that it has taken: the chargeback comes first";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<DisputeStatus, DisputeTrigger> TRANSITIONS =
      Transitions.named("dispute", DisputeStatus.class, DisputeTrigger.class)
          .ignored(INQUIRY, DisputeTrigger.INQUIRY_OPENED, "told twice")
          .row(
              INQUIRY,
              DisputeTrigger.CHARGEBACK_OPENED,
              OPEN,
              "the bank takes the money after its inquiry",
              DisputeEscalated.class)
          .refused(INQUIRY, DisputeTrigger.DISPUTE_WON, CHARGEBACK_FIRST)
          .refused(INQUIRY, DisputeTrigger.DISPUTE_LOST, CHARGEBACK_FIRST)
          .row(
              INQUIRY,
              DisputeTrigger.INQUIRY_ENDED,
              INQUIRY_CLOSED,
              "the inquiry ends and no money moves",
              DisputeClosed.class)
          .row(
              INQUIRY,
              DisputeTrigger.DISPUTE_PREVENTED,
              PREVENTED,
              "called off before money moved",
              DisputeClosed.class)
          .ignored(OPEN, DisputeTrigger.INQUIRY_OPENED, "late")
          .ignored(OPEN, DisputeTrigger.CHARGEBACK_OPENED, "told twice")
          .row(OPEN, DisputeTrigger.DISPUTE_WON, WON, "the money comes back", DisputeClosed.class)
          .row(
              OPEN,
              DisputeTrigger.DISPUTE_LOST,
              LOST,
              "the money stays with the buyer",
              DisputeClosed.class)
          .ignored(OPEN, DisputeTrigger.INQUIRY_ENDED, "late")
          .row(
              OPEN,
              DisputeTrigger.DISPUTE_PREVENTED,
              PREVENTED,
              "called off after all",
              DisputeClosed.class)
          .ignored(WON, DisputeTrigger.INQUIRY_OPENED, "late")
          .ignored(WON, DisputeTrigger.CHARGEBACK_OPENED, "late")
          .ignored(WON, DisputeTrigger.DISPUTE_WON, "told twice")
          .row(
              WON,
              DisputeTrigger.DISPUTE_LOST,
              LOST,
              "the bank changes its mind",
              DisputeClosed.class)
          .ignored(WON, DisputeTrigger.INQUIRY_ENDED, "late")
          .ignored(WON, DisputeTrigger.DISPUTE_PREVENTED, "it was won before")
          .ignored(LOST, DisputeTrigger.INQUIRY_OPENED, "late")
          .ignored(LOST, DisputeTrigger.CHARGEBACK_OPENED, "late")
          .row(
              LOST,
              DisputeTrigger.DISPUTE_WON,
              WON,
              "the bank changes its mind",
              DisputeClosed.class)
          .ignored(LOST, DisputeTrigger.DISPUTE_LOST, "told twice")
          .ignored(LOST, DisputeTrigger.INQUIRY_ENDED, "late")
          .ignored(LOST, DisputeTrigger.DISPUTE_PREVENTED, "it was lost before")
          .ignored(INQUIRY_CLOSED, DisputeTrigger.INQUIRY_OPENED, "late")
          .row(
              INQUIRY_CLOSED,
              DisputeTrigger.CHARGEBACK_OPENED,
              OPEN,
              "the bank takes the money although it had asked enough",
              DisputeEscalated.class)
          .refused(INQUIRY_CLOSED, DisputeTrigger.DISPUTE_WON, CHARGEBACK_FIRST)
          .refused(INQUIRY_CLOSED, DisputeTrigger.DISPUTE_LOST, CHARGEBACK_FIRST)
          .ignored(INQUIRY_CLOSED, DisputeTrigger.INQUIRY_ENDED, "told twice")
          .ignored(INQUIRY_CLOSED, DisputeTrigger.DISPUTE_PREVENTED, "it had ended before")
          .ignored(PREVENTED, DisputeTrigger.INQUIRY_OPENED, "late")
          .row(
              PREVENTED,
              DisputeTrigger.CHARGEBACK_OPENED,
              OPEN,
              "the bank takes the money although it was called off",
              DisputeEscalated.class)
          .refused(PREVENTED, DisputeTrigger.DISPUTE_WON, CHARGEBACK_FIRST)
          .refused(PREVENTED, DisputeTrigger.DISPUTE_LOST, CHARGEBACK_FIRST)
          .ignored(PREVENTED, DisputeTrigger.INQUIRY_ENDED, "it had ended before")
          .ignored(PREVENTED, DisputeTrigger.DISPUTE_PREVENTED, "told twice")
          .build();

  /** Whether the bank has not decided. */
  boolean isUndecided() {
    return switch (this) {
      case INQUIRY, OPEN -> true;
      case WON, LOST, INQUIRY_CLOSED, PREVENTED -> false;
    };
  }

  /** Whether the bank asks or has asked, and no money has moved. */
  boolean isInquiry() {
    return this == INQUIRY || this == INQUIRY_CLOSED;
  }
}
