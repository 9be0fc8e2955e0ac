package io.cpdevents.billing.payments;

/** What can happen to a payment. */
public enum PaymentTrigger {
  /** The buyer has authorised it, and the bank takes its time. */
  PAYMENT_STARTED,
  /** Stripe has taken the whole amount. */
  MONEY_CAPTURED,
  /** A try was declined or given up. */
  ATTEMPT_FAILED,
  /** A try was declined or given up, and the registration has ended meanwhile. */
  LAST_ATTEMPT_FAILED,
  /** A try was declined or given up that is not the one under way. */
  OTHER_ATTEMPT_FAILED,
  /** The hold ended without money. */
  REGISTRATION_EXPIRED
}
