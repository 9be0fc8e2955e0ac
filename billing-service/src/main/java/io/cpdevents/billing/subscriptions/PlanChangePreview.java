package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a change of plan costs, as long as it can be had for that. Pure.
 *
 * @param fromPlanId the plan that the organization had
 * @param prorationDate the second from which on the new price counts, so that the charge is the
 *     same to the cent
 * @param due what is charged at once
 * @param effectiveAt when the other plan begins
 */
record PlanChangePreview(
    UUID id,
    UUID organizationId,
    String fromPlanId,
    String planId,
    Instant prorationDate,
    Money due,
    Instant effectiveAt,
    Instant expiresAt) {

  static final Duration TIME = Duration.ofMinutes(10);

  /** Whether this very change can still be had for that. */
  boolean isOf(PlannedChange planned, Instant now) {
    return now.isBefore(expiresAt)
        && planId.equals(planned.planId())
        && fromPlanId.equals(planned.fromPlanId())
        && due.currency().equals(planned.currency())
        // A downgrade that was shown for another month than this one.
        && (planned.kind() != PlanChange.Kind.DOWNGRADE
            || effectiveAt.equals(planned.effectiveAt()));
  }
}
