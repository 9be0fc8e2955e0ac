package io.cpdevents.payout.payouts;

/** What can happen to the reversal of a transfer. */
enum TransferReversalTrigger {
  /** Stripe has not answered, and is asked again. */
  SENT_AGAIN,
  /** Stripe has taken the transfer back. */
  MADE,
  /** Stripe does not take it back. */
  REFUSED
}
