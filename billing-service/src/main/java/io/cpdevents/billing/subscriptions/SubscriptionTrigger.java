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
  /** Stripe says that a subscription is paid that an organization without one has bought. */
  PLAN_BOUGHT,
  /** Stripe says that the subscription has another plan. */
  PLAN_REPLACED,
  /** Stripe says that a month could not be charged. */
  PAYMENT_FAILED,
  /** Stripe does not try any more to charge a month. */
  RETRIES_EXHAUSTED,
  /** The subscription was paused, or has not begun: Stripe has decided nothing yet. */
  LEFT_OPEN,
  /** Stripe has ended the subscription. */
  SUBSCRIPTION_ENDED
}
