package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change of plan costs, as long as it can be had for that. Pure.
 *
 * @param fromPlanId the plan that the organization had
 * @param prorationDate the second from which on the new price counts, so that the charge is the
 *     same to the cent
 * @param price of a month of the plan, as it was shown; null when that was not kept
 * @param due what is charged at once
 * @param effectiveAt when the other plan begins
 */
record PlanChangePreview(
    UUID id,
    UUID organizationId,
    String fromPlanId,
    String planId,
    Instant prorationDate,
    @Nullable Money price,
    Money due,
    Instant effectiveAt,
    Instant expiresAt) {

  static final Duration TIME = Duration.ofMinutes(10);

  /**
   * Whether this very change can still be had for that.
   *
   * @param present the price of a month of the plan now
   */
  boolean isOf(PlannedChange planned, Money present, Instant now) {
    return now.isBefore(expiresAt)
        && (price == null || price.equals(present))
        && planId.equals(planned.planId())
        && fromPlanId.equals(planned.fromPlanId())
        && due.currency().equals(planned.currency())
        // A downgrade that was shown for another month than this one.
        && (planned.kind() != PlanChange.Kind.DOWNGRADE
            || effectiveAt.equals(planned.effectiveAt()));
  }
}
