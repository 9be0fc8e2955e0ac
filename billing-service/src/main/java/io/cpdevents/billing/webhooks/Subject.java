package io.cpdevents.billing.webhooks;

/**
 * What of Stripe an event is about. Events about the same subject are applied together, since its
 * state is fetched.
 */
record Subject(Kind kind, String id) {

  /** What makes a difference, and by whom it is handled. */
  enum Kind {
    /** Settled by charges. */
    PAYMENT_INTENT,
    /** Settled by checkouts. */
    CHECKOUT_SESSION,
    /** Settled by refunds. */
    REFUND,
    /** Settled by refunds: all that belong to a payment intent. */
    REFUNDS_OF_PAYMENT_INTENT,
    /** A charge whose event does not name its payment intent: Stripe is asked for that first. */
    CHARGE,
    /** Settled by customers, or by payment methods when it is an organization. */
    CUSTOMER,
    /** A card whose event does not name its customer any more: settled by payment methods. */
    PAYMENT_METHOD,
    /** Settled by disputes. */
    DISPUTE,
    /** Settled by fraud warnings. */
    FRAUD_WARNING,
    /** Settled by invoices. */
    INVOICE,
    /** Settled by subscriptions. */
    SUBSCRIPTION,
    /** Republished: payout-service fetches it. */
    PAYOUT_SERVICE_OBJECT
  }
}
