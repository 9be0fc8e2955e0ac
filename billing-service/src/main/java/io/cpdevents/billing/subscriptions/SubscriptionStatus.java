package io.cpdevents.billing.subscriptions;

import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
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
  /** It has paid. */
  ACTIVE;

  private static final String UNDECIDED = "the plan stays until Stripe has its money, or ends it";

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
              "cancelled at Stripe",
              EntitlementsChanged.class)
          .build();
}
