package io.cpdevents.billing.payments;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.platform.state.Transitions;

/** Where a payment stands, and every way from there. */
public enum PaymentStatus {
  AWAITING_PAYMENT,
  PROCESSING,
  CAPTURED,
  CANCELLED;

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<PaymentStatus, PaymentTrigger> TRANSITIONS =
      Transitions.named("payment", PaymentStatus.class, PaymentTrigger.class)
          .row(
              AWAITING_PAYMENT,
              PaymentTrigger.PAYMENT_STARTED,
              PROCESSING,
              "the bank takes its time",
              PaymentProcessing.class)
          .row(
              AWAITING_PAYMENT,
              PaymentTrigger.MONEY_CAPTURED,
              CAPTURED,
              "the money arrived in full",
              PaymentCaptured.class)
          .row(
              AWAITING_PAYMENT,
              PaymentTrigger.ATTEMPT_FAILED,
              AWAITING_PAYMENT,
              "it can be tried again while the hold lasts",
              PaymentFailed.class)
          .row(
              AWAITING_PAYMENT,
              PaymentTrigger.LAST_ATTEMPT_FAILED,
              AWAITING_PAYMENT,
              "its registration's end has been told, and decides",
              PaymentFailed.class)
          .ignored(AWAITING_PAYMENT, PaymentTrigger.OTHER_ATTEMPT_FAILED, "none is under way")
          .row(
              AWAITING_PAYMENT,
              PaymentTrigger.REGISTRATION_EXPIRED,
              CANCELLED,
              "nothing was captured",
              PaymentCancelled.class)
          .ignored(PROCESSING, PaymentTrigger.PAYMENT_STARTED, "told twice")
          .row(
              PROCESSING,
              PaymentTrigger.MONEY_CAPTURED,
              CAPTURED,
              "the bank has paid",
              PaymentCaptured.class)
          .row(
              PROCESSING,
              PaymentTrigger.ATTEMPT_FAILED,
              AWAITING_PAYMENT,
              "the bank has not paid, and the hold lasts",
              PaymentFailed.class)
          .row(
              PROCESSING,
              PaymentTrigger.LAST_ATTEMPT_FAILED,
              CANCELLED,
              "the bank has not paid, and the registration has ended",
              PaymentCancelled.class)
          .ignored(
              PROCESSING, PaymentTrigger.OTHER_ATTEMPT_FAILED, "the try that is under way decides")
          .ignored(
              PROCESSING,
              PaymentTrigger.REGISTRATION_EXPIRED,
              "money is under way, and its outcome decides")
          .ignored(CAPTURED, PaymentTrigger.PAYMENT_STARTED, "late")
          .ignored(
              CAPTURED,
              PaymentTrigger.MONEY_CAPTURED,
              "told twice (the money of another charge is quarantined)")
          .ignored(CAPTURED, PaymentTrigger.ATTEMPT_FAILED, "late")
          .ignored(CAPTURED, PaymentTrigger.LAST_ATTEMPT_FAILED, "late")
          .ignored(CAPTURED, PaymentTrigger.OTHER_ATTEMPT_FAILED, "another try was captured")
          .ignored(
              CAPTURED,
              PaymentTrigger.REGISTRATION_EXPIRED,
              "the money was faster: registration-service decides what becomes of it")
          .ignored(
              CANCELLED,
              PaymentTrigger.PAYMENT_STARTED,
              "late, and the outcome of the money decides")
          .row(
              CANCELLED,
              PaymentTrigger.MONEY_CAPTURED,
              CAPTURED,
              "the money came too late: registration-service decides what becomes of it",
              PaymentCaptured.class)
          .ignored(CANCELLED, PaymentTrigger.ATTEMPT_FAILED, "late")
          .ignored(CANCELLED, PaymentTrigger.LAST_ATTEMPT_FAILED, "late")
          .ignored(CANCELLED, PaymentTrigger.OTHER_ATTEMPT_FAILED, "late")
          .ignored(CANCELLED, PaymentTrigger.REGISTRATION_EXPIRED, "told twice")
          .build();
}
