package io.cpdevents.contracts.billing;

/** How a dispute ended. */
public enum DisputeOutcome {
  /** The money came back. */
  WON,
  /** The money stays with the buyer. */
  LOST,
  /** An inquiry ended without money having moved. */
  INQUIRY_CLOSED,
  /** The bank withdrew it before money moved. */
  PREVENTED
}
