package io.cpdevents.contracts.billing;

/** Why money goes back to a buyer. */
public enum RefundCause {
  /** The attendee cancelled; the amount follows the refund policy of the registration. */
  ATTENDEE_CANCELLED,
  /** The organization cancelled a registration or some of its tickets. */
  ORGANIZATION_CANCELLED,
  /** The whole event was cancelled. */
  EVENT_CANCELLED,
  /** The organization gives money back; the tickets stay valid. */
  REQUESTED,
  /** Somebody made the refund in Stripe's dashboard. */
  MADE_AT_STRIPE,
  /** The money came when its registration had ended and no place was left. */
  PAYMENT_TOO_LATE,
  /** A second payment arrived for places that were paid already. */
  PAID_TWICE,
  /** The card's bank warns of fraud: the money goes back before it is disputed. */
  FRAUD_WARNING
}
