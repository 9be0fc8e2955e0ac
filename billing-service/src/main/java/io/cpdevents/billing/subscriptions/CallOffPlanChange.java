package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization does not want the change of plan any more that is scheduled, or that waits for
 * its payment to be authenticated: the plan stays as it is.
 */
@Component
public class CallOffPlanChange {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final PlanChanges changes;
  private final ChangeRenewal changeRenewal;
  private final PerformPlanChange perform;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CallOffPlanChange(
      Subscriptions subscriptions,
      PlanChanges changes,
      ChangeRenewal changeRenewal,
      PerformPlanChange perform,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.changeRenewal = changeRenewal;
    this.perform = perform;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Has Stripe drop it. A plan that was to end with its month, which is the change to Free, goes
   * on.
   *
   * @throws RuleViolation 409 {@code wrong-state} when there is nothing to call off, 503 {@code
   *     stripe-unavailable}
   */
  public void handle(UUID organizationId) {
    Optional<UUID> change =
        Objects.requireNonNull(transaction.execute(_ -> request(organizationId)));
    if (change.isEmpty()) {
      changeRenewal.handle(new ChangeRenewal.Command(organizationId, true));
      return;
    }
    try {
      perform.handle(change.get());
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
    }
  }

  /** Empty when the plan is to end with its month. */
  private Optional<UUID> request(UUID organizationId) {
    boolean isEnding =
        subscriptions.lock(organizationId).filter(Subscription::isExpectedToPay).isPresent()
            && !(subscriptions.renews(organizationId)
                && subscriptions.isRenewalKnown(organizationId));
    Optional<PlanChange> live = changes.live(organizationId);
    if (live.isEmpty() && !isEnding) {
      throw CommonProblem.WRONG_STATE.violation("No change of the plan is to come.");
    }
    return live.map(this::callOff);
  }

  private UUID callOff(PlanChange live) {
    changes
        .lock(live.id())
        .on(SeenPlanChange.of(PlanChangeTrigger.CALL_OFF_REQUESTED), clock.instant())
        .ifPresent(after -> {
          changes.update(after);
          audit.record(
              "plan-change.called-off",
              "plan-change",
              after.id().toString(),
              after.organizationId(),
              new Change(Map.of("planId", after.planId()), Map.of("planId", after.fromPlanId())));
        });
    return live.id();
  }
}
