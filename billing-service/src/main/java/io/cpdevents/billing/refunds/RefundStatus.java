package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.state.Transitions;

/** Where a refund stands, and every way from there. */
public enum RefundStatus {
  /** Owed: the current attempt is to be sent, or its answer is not known. */
  REQUESTED,
  /** Stripe has accepted it and not finished it. */
  PENDING,
  SUCCEEDED,
  /** Still owed: no attempt is made any more unless a person makes it. */
  FAILED,
  CANCELLED;

  private static final String TRIED_AGAIN = "it is still owed: the next attempt is made later";
  private static final String USED_UP = "it is still owed: a person has to help";
  private static final String AFTER_THE_DISPUTE = "the next attempt is made after the dispute";
  private static final String THE_REST =
      "the buyer has a part of it in another way: the rest is owed";
  private static final String ALL_OF_IT = "the buyer has all of it in another way";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<RefundStatus, RefundTrigger> TRANSITIONS =
      Transitions.named("refund", RefundStatus.class, RefundTrigger.class)
          .row(REQUESTED, RefundTrigger.STRIPE_ACCEPTED, PENDING, "Stripe has accepted it")
          .row(
              REQUESTED,
              RefundTrigger.MONEY_RETURNED,
              SUCCEEDED,
              "Stripe did it at once",
              RefundSucceeded.class)
          .row(REQUESTED, RefundTrigger.ATTEMPT_FAILED, REQUESTED, TRIED_AGAIN, RefundFailed.class)
          .row(REQUESTED, RefundTrigger.ATTEMPT_FAILED, FAILED, USED_UP, RefundFailed.class)
          .row(REQUESTED, RefundTrigger.PAYMENT_DISPUTED, REQUESTED, AFTER_THE_DISPUTE)
          .row(REQUESTED, RefundTrigger.OVERTAKEN, REQUESTED, THE_REST)
          .row(REQUESTED, RefundTrigger.OVERTAKEN, CANCELLED, ALL_OF_IT, RefundCancelled.class)
          .refused(REQUESTED, RefundTrigger.PAID_OTHERWISE, "it is tried by itself")
          .row(
              REQUESTED,
              RefundTrigger.REFUND_CANCELLED,
              CANCELLED,
              "called off before its answer came",
              RefundCancelled.class)
          .ignored(PENDING, RefundTrigger.STRIPE_ACCEPTED, "told twice")
          .row(
              PENDING,
              RefundTrigger.MONEY_RETURNED,
              SUCCEEDED,
              "the money is on its way",
              RefundSucceeded.class)
          .row(PENDING, RefundTrigger.ATTEMPT_FAILED, REQUESTED, TRIED_AGAIN, RefundFailed.class)
          .row(PENDING, RefundTrigger.ATTEMPT_FAILED, FAILED, USED_UP, RefundFailed.class)
          .row(PENDING, RefundTrigger.PAYMENT_DISPUTED, REQUESTED, AFTER_THE_DISPUTE)
          .refused(PENDING, RefundTrigger.OVERTAKEN, "Stripe is doing it")
          .refused(PENDING, RefundTrigger.PAID_OTHERWISE, "Stripe is doing it")
          .row(
              PENDING,
              RefundTrigger.REFUND_CANCELLED,
              CANCELLED,
              "called off at Stripe",
              RefundCancelled.class)
          .ignored(SUCCEEDED, RefundTrigger.STRIPE_ACCEPTED, "late")
          .ignored(SUCCEEDED, RefundTrigger.MONEY_RETURNED, "told twice")
          .row(
              SUCCEEDED,
              RefundTrigger.ATTEMPT_FAILED,
              REQUESTED,
              "the money came back: the next attempt is made later",
              RefundFailed.class)
          .row(
              SUCCEEDED,
              RefundTrigger.ATTEMPT_FAILED,
              FAILED,
              "the money came back: a person has to help",
              RefundFailed.class)
          .refused(
              SUCCEEDED,
              RefundTrigger.PAYMENT_DISPUTED,
              "money that came back is told as a failed attempt")
          .refused(SUCCEEDED, RefundTrigger.OVERTAKEN, "Stripe has done it")
          .refused(SUCCEEDED, RefundTrigger.PAID_OTHERWISE, "the buyer has the money")
          .row(
              SUCCEEDED,
              RefundTrigger.REFUND_CANCELLED,
              CANCELLED,
              "called off in Stripe's dashboard soon after: the money never left",
              RefundCancelled.class)
          .ignored(FAILED, RefundTrigger.STRIPE_ACCEPTED, "its outcome decides")
          .row(
              FAILED,
              RefundTrigger.MONEY_RETURNED,
              SUCCEEDED,
              "a person has helped, or an answer that was lost came late",
              RefundSucceeded.class)
          .ignored(FAILED, RefundTrigger.ATTEMPT_FAILED, "told twice")
          .ignored(FAILED, RefundTrigger.PAYMENT_DISPUTED, "no attempt is made by itself")
          .row(
              FAILED,
              RefundTrigger.OVERTAKEN,
              REQUESTED,
              "the buyer has a part of it in another way: the rest is tried again")
          .row(FAILED, RefundTrigger.OVERTAKEN, CANCELLED, ALL_OF_IT, RefundCancelled.class)
          .row(
              FAILED,
              RefundTrigger.PAID_OTHERWISE,
              SUCCEEDED,
              "two people say that the buyer was paid past Stripe",
              RefundSucceeded.class)
          .ignored(FAILED, RefundTrigger.REFUND_CANCELLED, "it is still owed")
          .ignored(CANCELLED, RefundTrigger.STRIPE_ACCEPTED, "late")
          .refused(
              CANCELLED, RefundTrigger.MONEY_RETURNED, "Stripe does no refund that was cancelled")
          .ignored(CANCELLED, RefundTrigger.ATTEMPT_FAILED, "late")
          .ignored(CANCELLED, RefundTrigger.PAYMENT_DISPUTED, "late")
          .ignored(CANCELLED, RefundTrigger.OVERTAKEN, "nothing is owed by it")
          .refused(CANCELLED, RefundTrigger.PAID_OTHERWISE, "nothing is owed by it")
          .ignored(CANCELLED, RefundTrigger.REFUND_CANCELLED, "told twice")
          .build();
}
