package io.cpdevents.billing.subscriptions;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of a change of plan.
 *
 * @param authenticationUrl where its payment can be authenticated; null when that is not asked for
 * @param declineCode why its card was declined; null when it was not, or Stripe says none
 */
record SeenPlanChange(
    PlanChangeTrigger trigger, @Nullable String authenticationUrl, @Nullable String declineCode) {

  static SeenPlanChange of(PlanChangeTrigger trigger) {
    return new SeenPlanChange(trigger, null, null);
  }

  static SeenPlanChange needsAuthentication(String url) {
    return new SeenPlanChange(PlanChangeTrigger.AUTHENTICATION_REQUIRED, url, null);
  }

  static SeenPlanChange declined(@Nullable String declineCode) {
    return new SeenPlanChange(PlanChangeTrigger.DECLINED, null, declineCode);
  }
}
