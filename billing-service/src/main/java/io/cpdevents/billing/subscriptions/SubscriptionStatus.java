package io.cpdevents.billing.subscriptions;

import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.platform.state.Transitions;

/** How an organization stands with its plan, and every way from there. */
public enum SubscriptionStatus {
  /** It has no subscription at Stripe. */
  FREE,
  /** Stripe is to begin a trial, and has not answered. */
  TRIAL_REQUESTED,
  TRIALING,
  /** It is paid, or the invoice of its month is on the way. */
  ACTIVE,
  /** A month could not be charged, and Stripe tries again. */
  PAST_DUE,
  /** A month could not be charged, and Stripe does not try again: it can still be paid. */
  GRACE;

  private static final String UNDECIDED = "the plan stays until Stripe has its money, or ends it";

  private static final String ANOTHER = "it has another subscription";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<SubscriptionStatus, SubscriptionTrigger> TRANSITIONS =
      Transitions.named("subscription", SubscriptionStatus.class, SubscriptionTrigger.class)
          .row(
              FREE,
              SubscriptionTrigger.TRIAL_REQUESTED,
              TRIAL_REQUESTED,
              "neither the organization nor its owner has tried a plan")
          .ignored(FREE, SubscriptionTrigger.TRIAL_REFUSED, "told twice")
          .ignored(FREE, SubscriptionTrigger.TRIAL_STARTED, "it has ended since")
          .ignored(FREE, SubscriptionTrigger.PLAN_PAID, "it has ended since")
          .ignored(FREE, SubscriptionTrigger.LEFT_OPEN, "it has ended since")
          .ignored(FREE, SubscriptionTrigger.SUBSCRIPTION_ENDED, "told twice")
          .ignored(TRIAL_REQUESTED, SubscriptionTrigger.TRIAL_REQUESTED, "requested twice")
          .row(
              TRIAL_REQUESTED,
              SubscriptionTrigger.TRIAL_REFUSED,
              FREE,
              "it is not used, and may be requested again")
          .row(
              TRIAL_REQUESTED,
              SubscriptionTrigger.TRIAL_STARTED,
              TRIALING,
              "Stripe has begun it",
              TrialStarted.class)
          .row(
              TRIAL_REQUESTED,
              SubscriptionTrigger.PLAN_PAID,
              ACTIVE,
              "it was over, and paid for, before we heard of its start",
              EntitlementsChanged.class)
          .ignored(TRIAL_REQUESTED, SubscriptionTrigger.LEFT_OPEN, UNDECIDED)
          .row(
              TRIAL_REQUESTED,
              SubscriptionTrigger.SUBSCRIPTION_ENDED,
              FREE,
              "it was over before we heard of its start",
              TrialEnded.class)
          .refused(TRIALING, SubscriptionTrigger.TRIAL_REQUESTED, "it is being tried")
          .ignored(TRIALING, SubscriptionTrigger.TRIAL_REFUSED, "an earlier attempt has begun it")
          .ignored(TRIALING, SubscriptionTrigger.TRIAL_STARTED, "told twice")
          .row(
              TRIALING,
              SubscriptionTrigger.PLAN_PAID,
              ACTIVE,
              "the trial ended with a card",
              EntitlementsChanged.class)
          .ignored(TRIALING, SubscriptionTrigger.LEFT_OPEN, UNDECIDED)
          .row(
              TRIALING,
              SubscriptionTrigger.SUBSCRIPTION_ENDED,
              FREE,
              "the trial ended without a card",
              TrialEnded.class)
          .refused(ACTIVE, SubscriptionTrigger.TRIAL_REQUESTED, "it is paid")
          .ignored(ACTIVE, SubscriptionTrigger.TRIAL_REFUSED, "an earlier attempt has begun it")
          .ignored(ACTIVE, SubscriptionTrigger.TRIAL_STARTED, "it was paid since")
          .ignored(ACTIVE, SubscriptionTrigger.PLAN_PAID, "told twice")
          .ignored(ACTIVE, SubscriptionTrigger.LEFT_OPEN, UNDECIDED)
          .row(
              ACTIVE,
              SubscriptionTrigger.SUBSCRIPTION_ENDED,
              FREE,
              "cancelled, and over with its month",
              PlanEnded.class)
          .ignored(FREE, SubscriptionTrigger.PAYMENT_FAILED, "it has ended since")
          .ignored(FREE, SubscriptionTrigger.RETRIES_EXHAUSTED, "it has ended since")
          .row(
              TRIAL_REQUESTED,
              SubscriptionTrigger.PAYMENT_FAILED,
              PAST_DUE,
              "it was over, and not paid, before we heard of its start",
              EntitlementsChanged.class)
          .ignored(TRIAL_REQUESTED, SubscriptionTrigger.RETRIES_EXHAUSTED, UNDECIDED)
          .row(
              TRIALING,
              SubscriptionTrigger.PAYMENT_FAILED,
              PAST_DUE,
              "the trial ended with a card that was declined",
              EntitlementsChanged.class)
          .row(
              TRIALING,
              SubscriptionTrigger.RETRIES_EXHAUSTED,
              GRACE,
              "the trial ended with a card that was declined for good",
              EntitlementsChanged.class)
          .row(
              ACTIVE,
              SubscriptionTrigger.PAYMENT_FAILED,
              PAST_DUE,
              "the card was declined",
              EntitlementsChanged.class)
          .row(
              ACTIVE,
              SubscriptionTrigger.RETRIES_EXHAUSTED,
              GRACE,
              "the card was declined for good, or there is none",
              EntitlementsChanged.class)
          .refused(PAST_DUE, SubscriptionTrigger.TRIAL_REQUESTED, "it is to be paid")
          .ignored(PAST_DUE, SubscriptionTrigger.TRIAL_REFUSED, "an earlier attempt has begun it")
          .ignored(PAST_DUE, SubscriptionTrigger.TRIAL_STARTED, "it is over since")
          .row(
              PAST_DUE,
              SubscriptionTrigger.PLAN_PAID,
              ACTIVE,
              "a later attempt, or another card, has paid",
              EntitlementsChanged.class)
          .ignored(PAST_DUE, SubscriptionTrigger.PAYMENT_FAILED, "told again")
          .row(
              PAST_DUE,
              SubscriptionTrigger.RETRIES_EXHAUSTED,
              GRACE,
              "the last attempt failed",
              EntitlementsChanged.class)
          .ignored(PAST_DUE, SubscriptionTrigger.LEFT_OPEN, UNDECIDED)
          .row(
              PAST_DUE,
              SubscriptionTrigger.SUBSCRIPTION_ENDED,
              FREE,
              "cancelled at Stripe",
              PlanLost.class)
          .refused(GRACE, SubscriptionTrigger.TRIAL_REQUESTED, "it is to be paid")
          .ignored(GRACE, SubscriptionTrigger.TRIAL_REFUSED, "an earlier attempt has begun it")
          .ignored(GRACE, SubscriptionTrigger.TRIAL_STARTED, "it is over since")
          .row(
              GRACE,
              SubscriptionTrigger.PLAN_PAID,
              ACTIVE,
              "another card has paid",
              EntitlementsChanged.class)
          .ignored(GRACE, SubscriptionTrigger.PAYMENT_FAILED, "known")
          .ignored(GRACE, SubscriptionTrigger.RETRIES_EXHAUSTED, "told again")
          .ignored(GRACE, SubscriptionTrigger.LEFT_OPEN, UNDECIDED)
          .row(
              GRACE,
              SubscriptionTrigger.SUBSCRIPTION_ENDED,
              FREE,
              "the grace is over, or cancelled at Stripe",
              PlanLost.class)
          .row(
              FREE,
              SubscriptionTrigger.PLAN_BOUGHT,
              ACTIVE,
              "its first month is paid",
              PlanChanged.class)
          .ignored(TRIAL_REQUESTED, SubscriptionTrigger.PLAN_BOUGHT, ANOTHER)
          .ignored(TRIALING, SubscriptionTrigger.PLAN_BOUGHT, ANOTHER)
          .ignored(ACTIVE, SubscriptionTrigger.PLAN_BOUGHT, ANOTHER)
          .ignored(PAST_DUE, SubscriptionTrigger.PLAN_BOUGHT, ANOTHER)
          .ignored(GRACE, SubscriptionTrigger.PLAN_BOUGHT, ANOTHER)
          .ignored(FREE, SubscriptionTrigger.PLAN_REPLACED, "it has ended since")
          .ignored(TRIAL_REQUESTED, SubscriptionTrigger.PLAN_REPLACED, "it has not begun")
          .row(
              TRIALING,
              SubscriptionTrigger.PLAN_REPLACED,
              TRIALING,
              "another plan is tried, by a change at Stripe",
              PlanChanged.class)
          .row(
              ACTIVE,
              SubscriptionTrigger.PLAN_REPLACED,
              ACTIVE,
              "a change was paid, or its time has come, or it was made at Stripe",
              PlanChanged.class)
          .row(
              PAST_DUE,
              SubscriptionTrigger.PLAN_REPLACED,
              PAST_DUE,
              "the smaller plan has begun, and is not paid",
              PlanChanged.class)
          .row(
              GRACE,
              SubscriptionTrigger.PLAN_REPLACED,
              GRACE,
              "the smaller plan has begun, and is not paid",
              PlanChanged.class)
          .build();
}
