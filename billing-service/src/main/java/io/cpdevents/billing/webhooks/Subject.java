package io.cpdevents.billing.webhooks;

/**
 * What of Stripe an event is about. Events about the same subject are applied together, since its
 * state is fetched.
 */
record Subject(Kind kind, String id) {

  /** The subjects that make a difference here. */
  enum Kind {
    PAYMENT_INTENT,
    CHECKOUT_SESSION,
    REFUND,
    REFUNDS_OF_PAYMENT_INTENT
  }
}
