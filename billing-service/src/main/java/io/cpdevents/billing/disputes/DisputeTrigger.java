package io.cpdevents.billing.disputes;

/** What can happen to a dispute. */
public enum DisputeTrigger {
  /** The bank asks, and no money moves. */
  INQUIRY_OPENED,
  /** The bank takes the money until it has decided. */
  CHARGEBACK_OPENED,
  /** The bank has decided for the organization. */
  DISPUTE_WON,
  /** The bank has decided for the buyer, or nobody has answered it. */
  DISPUTE_LOST,
  /** The bank has asked enough. */
  INQUIRY_ENDED,
  /** It was called off before money moved. */
  DISPUTE_PREVENTED
}
