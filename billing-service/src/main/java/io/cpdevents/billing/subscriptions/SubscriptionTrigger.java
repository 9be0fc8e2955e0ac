package io.cpdevents.billing.subscriptions;

/** What happens to an organization's subscription. */
public enum SubscriptionTrigger {
  /** Somebody wants to try a plan. */
  TRIAL_REQUESTED,
  /** Stripe has refused for good to begin the trial. */
  TRIAL_REFUSED,
  /** Stripe has begun the trial. */
  TRIAL_STARTED,
  /** Stripe says that the plan is paid. */
  PLAN_PAID,
  /** A payment was declined, or the subscription was paused: Stripe has decided nothing yet. */
  LEFT_OPEN,
  /** Stripe has ended the subscription. */
  SUBSCRIPTION_ENDED
}
