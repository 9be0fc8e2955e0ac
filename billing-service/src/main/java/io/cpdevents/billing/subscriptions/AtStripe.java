package io.cpdevents.billing.subscriptions;

/**
 * A subscription at Stripe, as it was told last.
 *
 * @param planId what is subscribed to; entitled to it is who has paid
 * @param isPaid whether a month of it was paid, so that the plan stays while a later one is not
 */
record AtStripe(String id, String planId, boolean isPaid) {

  AtStripe paid() {
    return new AtStripe(id, planId, true);
  }

  AtStripe withPlan(String otherPlanId) {
    return new AtStripe(id, otherPlanId, isPaid);
  }
}
