package io.cpdevents.payout.payouts;

/** What two people have found out about money that Stripe cannot be asked about. */
public enum SettlementOutcome {
  /** The organization has it. */
  PAID,
  /** A payout that was on its way has not reached the bank: the organization is still owed it. */
  NOT_PAID,
  /** It is lost: the platform bears it, and the organization is still owed it. */
  WRITTEN_OFF
}
