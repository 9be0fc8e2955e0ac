package io.cpdevents.registration.registrations;

import io.cpdevents.platform.state.Transitions;

/**
 * The state of a refund that was requested of billing-service, and the table of its state changes.
 */
public enum RefundRequestStatus {
  /** Requested; its outcome is not known yet. */
  REQUESTED,
  /** The buyer has the money. */
  SUCCEEDED,
  /** Every attempt has failed: the money is still owed, and an operator has to act. */
  FAILED,
  /** The refund was called off: nothing goes back. */
  CANCELLED;

  /** Every change of a refund request's state. */
  public static final Transitions<RefundRequestStatus, Trigger> TRANSITIONS =
      Transitions.named("refund-request", RefundRequestStatus.class, Trigger.class)
          .row(REQUESTED, Trigger.REFUND_SUCCEEDED, SUCCEEDED, "the money is with the buyer")
          .ignored(SUCCEEDED, Trigger.REFUND_SUCCEEDED, "it was with the buyer before")
          .row(
              FAILED,
              Trigger.REFUND_SUCCEEDED,
              SUCCEEDED,
              "an operator has settled it, or a lost answer came late")
          .ignored(CANCELLED, Trigger.REFUND_SUCCEEDED, "it was called off")
          .ignored(REQUESTED, Trigger.REFUND_RETRIED, "another attempt follows by itself")
          .row(SUCCEEDED, Trigger.REFUND_RETRIED, REQUESTED, "it came back, and is tried again")
          .row(FAILED, Trigger.REFUND_RETRIED, REQUESTED, "it is tried again")
          .ignored(CANCELLED, Trigger.REFUND_RETRIED, "it was called off")
          .row(REQUESTED, Trigger.REFUND_FAILED, FAILED, "every attempt has failed")
          .row(SUCCEEDED, Trigger.REFUND_FAILED, FAILED, "the money came back to the platform")
          .ignored(FAILED, Trigger.REFUND_FAILED, "it had failed before")
          .ignored(CANCELLED, Trigger.REFUND_FAILED, "it was called off")
          .row(REQUESTED, Trigger.REFUND_CANCELLED, CANCELLED, "it was called off in time")
          .row(SUCCEEDED, Trigger.REFUND_CANCELLED, CANCELLED, "it was called off soon after")
          .row(FAILED, Trigger.REFUND_CANCELLED, CANCELLED, "it was called off after a failure")
          .ignored(CANCELLED, Trigger.REFUND_CANCELLED, "it was called off before")
          .build();

  /** What changes the state of a refund request. */
  public enum Trigger {
    REFUND_SUCCEEDED,
    /** An attempt has failed, and another one follows by itself. */
    REFUND_RETRIED,
    /** An attempt has failed, and no other one follows by itself. */
    REFUND_FAILED,
    REFUND_CANCELLED
  }
}
