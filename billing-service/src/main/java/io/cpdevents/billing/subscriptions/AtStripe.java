package io.cpdevents.billing.subscriptions;

/**
 * A subscription at Stripe, as it was told last.
 *
 * @param planId what is subscribed to; entitled to it is who has paid
 * @param isPaid whether a month of it was paid
 * @param isAfterLoss whether the organization has lost a plan that it had not paid for, and has
 *     renewed none since
 */
record AtStripe(String id, String planId, boolean isPaid, boolean isAfterLoss) {

  AtStripe paid() {
    return new AtStripe(id, planId, true, isAfterLoss);
  }

  AtStripe withPlan(String otherPlanId) {
    return new AtStripe(id, otherPlanId, isPaid, isAfterLoss);
  }

  /** The same after a plan was lost for which nobody had paid. */
  AtStripe lost() {
    return new AtStripe(id, planId, isPaid, true);
  }

  /**
   * Whether the plan stays while a month is not paid. Who has had one for nothing before has it
   * again only once a month beyond the first one was paid.
   */
  boolean staysUnpaid() {
    return isPaid && !isAfterLoss;
  }
}
