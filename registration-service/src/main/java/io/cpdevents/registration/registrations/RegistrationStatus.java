package io.cpdevents.registration.registrations;

import io.cpdevents.platform.state.Transitions;

/** Where a registration stands, and the table of its state changes. */
public enum RegistrationStatus {
  /** Its places wait for money until the hold ends. */
  HELD,
  /** Its places are the buyer's for good. */
  CONFIRMED,
  /** The hold ended without money; its places were given back. */
  EXPIRED,
  /** It was given up; its places were given back. */
  CANCELLED;

  /** Every change of a registration's state; what is late or crosses is a row too. */
  public static final Transitions<RegistrationStatus, Trigger> TRANSITIONS =
      Transitions.<RegistrationStatus, Trigger>named("registration")
          .row(HELD, Trigger.PAYMENT_CAPTURED, CONFIRMED, "the money came in time")
          .row(HELD, Trigger.HOLD_EXPIRED, EXPIRED, "no money came: the places go back on sale")
          .row(
              EXPIRED,
              Trigger.PAYMENT_CAPTURED,
              CONFIRMED,
              "the money came too late, and places are left")
          .row(
              EXPIRED,
              Trigger.PAYMENT_CAPTURED,
              EXPIRED,
              "the money came too late, no place is left: a refund is due")
          .row(
              CONFIRMED,
              Trigger.PAYMENT_CAPTURED,
              CONFIRMED,
              "a second payment for paid places: a refund is due")
          .row(
              CANCELLED,
              Trigger.PAYMENT_CAPTURED,
              CANCELLED,
              "the money came after the end: a refund is due")
          .ignored(CONFIRMED, Trigger.PAYMENT_REPEATED, "the message came twice")
          .ignored(EXPIRED, Trigger.PAYMENT_REPEATED, "its refund was asked for before")
          .ignored(CANCELLED, Trigger.PAYMENT_REPEATED, "the message came twice")
          .ignored(CONFIRMED, Trigger.HOLD_EXPIRED, "the money was quicker than the clock")
          .ignored(EXPIRED, Trigger.HOLD_EXPIRED, "it has expired before")
          .ignored(CANCELLED, Trigger.HOLD_EXPIRED, "its places were given back before")
          .build();

  /** What moves a registration. */
  public enum Trigger {
    /** Money of a payment that this registration has not met before. */
    PAYMENT_CAPTURED,
    /** Money of a payment that has confirmed this registration or is being refunded. */
    PAYMENT_REPEATED,
    /** The time to pay has passed. */
    HOLD_EXPIRED
  }
}
