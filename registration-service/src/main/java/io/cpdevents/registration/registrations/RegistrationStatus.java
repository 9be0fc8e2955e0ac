package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.state.Transitions;

/** The states of a registration, and the table of its state changes. */
public enum RegistrationStatus {
  /** Its places wait for money until the hold ends. */
  HELD,
  /** Its places are the buyer's for good. */
  CONFIRMED,
  /** The hold ended without money; its places were given back. */
  EXPIRED,
  /** It was cancelled; its places were given back. */
  CANCELLED;

  /** Every change of a registration's state; messages that are late or repeated are rows too. */
  public static final Transitions<RegistrationStatus, Trigger> TRANSITIONS =
      Transitions.named("registration", RegistrationStatus.class, Trigger.class)
          .row(
              HELD,
              Trigger.PAYMENT_CAPTURED,
              CONFIRMED,
              "the money came in time",
              RegistrationConfirmed.class)
          .row(
              HELD,
              Trigger.HOLD_EXPIRED,
              EXPIRED,
              "no money came: the places go back on sale",
              RegistrationExpired.class)
          .row(
              EXPIRED,
              Trigger.PAYMENT_CAPTURED,
              CONFIRMED,
              "the money came too late, and places are left",
              RegistrationConfirmed.class)
          .row(
              EXPIRED,
              Trigger.PAYMENT_CAPTURED,
              EXPIRED,
              "the money came too late, and no place is left: a refund is due",
              RefundRequested.class)
          .row(
              CONFIRMED,
              Trigger.PAYMENT_CAPTURED,
              CONFIRMED,
              "a second payment for places that are paid: a refund is due",
              RefundRequested.class)
          .row(
              CANCELLED,
              Trigger.PAYMENT_CAPTURED,
              CANCELLED,
              "the money came after the cancellation: a refund is due",
              RefundRequested.class)
          .row(
              HELD,
              Trigger.CANCELLED,
              CANCELLED,
              "it is let go, and its places go back on sale",
              RegistrationCancelled.class)
          .row(
              CONFIRMED,
              Trigger.CANCELLED,
              CANCELLED,
              "its places go back on sale, and what the terms say goes back to the buyer",
              RegistrationCancelled.class)
          .refused(EXPIRED, Trigger.CANCELLED, "its places were given back before")
          .refused(CANCELLED, Trigger.CANCELLED, "it was cancelled before")
          .row(
              CONFIRMED,
              Trigger.TICKETS_CANCELLED,
              CONFIRMED,
              "it goes on with the other tickets",
              TicketsCancelled.class)
          .refused(HELD, Trigger.TICKETS_CANCELLED, "a hold is let go whole")
          .refused(EXPIRED, Trigger.TICKETS_CANCELLED, "its places were given back before")
          .refused(CANCELLED, Trigger.TICKETS_CANCELLED, "it was cancelled before")
          .row(
              HELD,
              Trigger.PAYMENT_PROCESSING,
              HELD,
              "the bank takes its time: the hold is extended")
          .ignored(CONFIRMED, Trigger.PAYMENT_PROCESSING, "it is paid already")
          .ignored(EXPIRED, Trigger.PAYMENT_PROCESSING, "the hold had ended: money is late now")
          .ignored(CANCELLED, Trigger.PAYMENT_PROCESSING, "money will go back when it comes")
          .row(
              HELD,
              Trigger.PAYMENT_FAILED,
              HELD,
              "the bank refuses: an extension of the hold ends, and time to try again is left",
              HoldEndChanged.class)
          .ignored(CONFIRMED, Trigger.PAYMENT_FAILED, "another payment has confirmed it")
          .ignored(EXPIRED, Trigger.PAYMENT_FAILED, "it has expired before")
          .ignored(CANCELLED, Trigger.PAYMENT_FAILED, "its places were given back before")
          .refused(HELD, Trigger.PAYMENT_REPEATED, "a hold has not met any payment")
          .ignored(CONFIRMED, Trigger.PAYMENT_REPEATED, "the payment was settled before")
          .ignored(EXPIRED, Trigger.PAYMENT_REPEATED, "its refund was requested before")
          .ignored(CANCELLED, Trigger.PAYMENT_REPEATED, "the payment was settled before")
          .ignored(CONFIRMED, Trigger.HOLD_EXPIRED, "the money came before the hold ended")
          .ignored(EXPIRED, Trigger.HOLD_EXPIRED, "it has expired before")
          .ignored(CANCELLED, Trigger.HOLD_EXPIRED, "its places were given back before")
          .build();

  /** Whether its tickets let people in. */
  boolean opensDoors() {
    return this == CONFIRMED;
  }

  /** What changes the state of a registration. */
  public enum Trigger {
    /** A payment that this registration has not met before was captured. */
    PAYMENT_CAPTURED,
    /**
     * A payment that has confirmed this registration, or whose refund it requested, comes again.
     */
    PAYMENT_REPEATED,
    /** The time to pay is over. */
    HOLD_EXPIRED,
    /** The buyer has paid, and the bank takes up to some days. */
    PAYMENT_PROCESSING,
    /** A bank has refused, at once or after a while. */
    PAYMENT_FAILED,
    /** All tickets that it still had were cancelled. */
    CANCELLED,
    /** Some of its tickets were cancelled. */
    TICKETS_CANCELLED
  }
}
