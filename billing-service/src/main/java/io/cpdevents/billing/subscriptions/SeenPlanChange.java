package io.cpdevents.billing.subscriptions;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of a change of plan.
 *
 * @param authenticationUrl where its payment can be authenticated; null when that is not asked for
 * @param declineCode why its card was declined; null when it was not, or Stripe says none
 * @param isCharged whether it was applied by an invoice that was paid
 */
record SeenPlanChange(
    PlanChangeTrigger trigger,
    @Nullable String authenticationUrl,
    @Nullable String declineCode,
    boolean isCharged) {

  static SeenPlanChange of(PlanChangeTrigger trigger) {
    return new SeenPlanChange(trigger, null, null, false);
  }

  static SeenPlanChange applied(boolean isCharged) {
    return new SeenPlanChange(PlanChangeTrigger.APPLIED, null, null, isCharged);
  }

  static SeenPlanChange needsAuthentication(String url) {
    return new SeenPlanChange(PlanChangeTrigger.AUTHENTICATION_REQUIRED, url, null, false);
  }

  static SeenPlanChange declined(@Nullable String declineCode) {
    return new SeenPlanChange(PlanChangeTrigger.DECLINED, null, declineCode, false);
  }
}
