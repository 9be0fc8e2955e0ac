package io.cpdevents.billing.subscriptions;

/** What happens to a change of plan. */
public enum PlanChangeTrigger {
  /** Stripe waits for whoever has the card to authenticate the payment. */
  AUTHENTICATION_REQUIRED,
  /** Stripe says that the subscription has the other plan. */
  APPLIED,
  /** The card was declined, and what waited for it was dropped. */
  DECLINED,
  /** Stripe has scheduled it. */
  SCHEDULED,
  /** Nothing of it is to be found at Stripe any more. */
  LAPSED,
  /** The plan that it would have changed has ended. */
  PLAN_ENDED,
  /** Somebody does not want it any more. */
  CALL_OFF_REQUESTED
}
