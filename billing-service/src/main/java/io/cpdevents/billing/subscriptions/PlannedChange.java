package io.cpdevents.billing.subscriptions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What a wish for another plan comes to, as the organization stands now.
 *
 * @param kind null when the plan is to end with its month, which is Free afterwards
 * @param endsTrial whether a trial is over with it, and the plan is bought at once
 * @param effectiveAt when the other plan begins
 * @param paidFrom from when on it is paid for; for an upgrade this may be before it begins
 * @param stripeSubscriptionId of the subscription that is changed; null when there is none
 */
record PlannedChange(
    PlanChange.@Nullable Kind kind,
    String fromPlanId,
    String planId,
    Currency currency,
    boolean endsTrial,
    Instant effectiveAt,
    Instant paidFrom,
    @Nullable String stripeSubscriptionId) {

  /** The moment as of which Stripe computes what is charged. */
  Instant prorationDate(Instant now) {
    return isCharged() ? paidFrom : now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether something is charged at once. */
  boolean isCharged() {
    return kind == PlanChange.Kind.PURCHASE || kind == PlanChange.Kind.UPGRADE;
  }
}
