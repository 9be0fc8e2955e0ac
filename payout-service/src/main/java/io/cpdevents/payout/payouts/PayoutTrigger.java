package io.cpdevents.payout.payouts;

/** What can happen to a payout. */
public enum PayoutTrigger {
  /** Billing has set the amount aside. */
  RESERVED,
  /** Billing has refused: the organization has less. */
  REFUSED,
  /** The money is on the balance of the organization's account. */
  TRANSFERRED,
  /** It is on its way to the bank. */
  SENT,
  /** Stripe counts it as paid. */
  PAID,
  /** The organization is not paid by it. */
  FAILED,
  /** Somebody has called it off. */
  CANCELLED,
  /** The organization has ended the connection of its account: Stripe cannot be asked any more. */
  DISCONNECTED
}
