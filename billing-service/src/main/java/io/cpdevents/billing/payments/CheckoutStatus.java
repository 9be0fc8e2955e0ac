package io.cpdevents.billing.payments;

/** Where one attempt to take the money on Stripe's page stands. */
enum CheckoutStatus {
  /** Saved, and perhaps sent: Stripe's answer is not known. */
  REQUESTED,
  /** The page is there. */
  OPEN,
  /** Somebody has finished it. */
  COMPLETE,
  /** It was closed without money. */
  EXPIRED,
  /** Stripe has refused to make it. */
  FAILED
}
