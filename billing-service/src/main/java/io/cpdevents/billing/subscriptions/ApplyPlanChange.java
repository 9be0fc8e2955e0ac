package io.cpdevents.billing.subscriptions;

import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over what was seen of a change of plan, under the lock of the organization's subscription.
 */
@Component
class ApplyPlanChange {

  private final PlanChanges changes;
  private final Outbox outbox;
  private final Clock clock;

  ApplyPlanChange(PlanChanges changes, Outbox outbox, Clock clock) {
    this.changes = changes;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Takes it over, unless that is known. */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(UUID changeId, SeenPlanChange seen) {
    changes
        .lock(changeId)
        .on(seen, clock.instant())
        .ifPresent(after -> {
          changes.update(after);
          event(after, seen).ifPresent(outbox::append);
        });
  }

  private static Optional<SubscriptionEvent> event(PlanChange after, SeenPlanChange seen) {
    UUID organizationId = after.organizationId();
    String present = after.fromPlanId();
    String next = after.planId();
    return switch (after.status()) {
      case AWAITING_AUTHENTICATION ->
          Optional.of(
              new PlanChangeNeedsAuthentication(
                  organizationId, present, next, after.authenticationEndsAt(), after.changedAt()));
      case SCHEDULED ->
          Optional.of(
              new PlanChangeScheduled(
                  organizationId, present, next, after.effectiveAt(), after.changedAt()));
      case FAILED, EXPIRED ->
          Optional.of(
              new PlanChangeFailed(
                  organizationId, present, next, after.declineCode(), after.changedAt()));
      // That the plan has ended is told, and not that it goes on.
      case CALLED_OFF ->
          seen.trigger() == PlanChangeTrigger.PLAN_ENDED
              ? Optional.empty()
              : Optional.of(
                  new PlanChangeCalledOff(organizationId, present, next, after.changedAt()));
      // The subscription tells that it has another plan.
      case APPLIED, REQUESTED, CALL_OFF_REQUESTED -> Optional.empty();
    };
  }
}
