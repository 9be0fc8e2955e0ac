package io.cpdevents.billing.settlements;

/** What Stripe is asked about. */
public enum SettlementKind {
  /** A page, by our id of the checkout; with the money that was paid on it. */
  CHECKOUT,
  /** A payment with which the buyer's bank takes its time, by Stripe's id of the payment intent. */
  PAYMENT_INTENT,
  /** A charge that Stripe has not booked, by Stripe's id. */
  CHARGE,
  /** A refund, by our id. */
  REFUND,
  /** A dispute, by our id. */
  DISPUTE,
  /** An organization's subscription, by the id of the organization. */
  SUBSCRIPTION,
  /** A change of an organization's plan, by our id. */
  PLAN_CHANGE
}
