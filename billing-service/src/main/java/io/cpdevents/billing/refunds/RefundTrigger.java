package io.cpdevents.billing.refunds;

/** What can happen to a refund. */
public enum RefundTrigger {
  /** Stripe has accepted it. */
  STRIPE_ACCEPTED,
  /** Stripe has returned the money. */
  MONEY_RETURNED,
  /** Stripe has refused, or the money came back. */
  ATTEMPT_FAILED,
  /** Stripe refunds nothing while the payment is disputed. */
  PAYMENT_DISPUTED,
  /** The buyer has the money, or a part of it, in another way. */
  OVERTAKEN,
  /** People have paid the buyer past Stripe. */
  PAID_OTHERWISE,
  /** Somebody has called it off at Stripe before it was done. */
  REFUND_CANCELLED
}
