package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * An organization is closed: its plan ends with the month that is paid or tried, and nothing is
 * charged any more.
 */
@Component
public class EndPlanOfClosed {

  private final Subscriptions subscriptions;
  private final PlanChanges changes;
  private final CallOffPlanChange callOff;
  private final ChangeRenewal changeRenewal;

  EndPlanOfClosed(
      Subscriptions subscriptions,
      PlanChanges changes,
      CallOffPlanChange callOff,
      ChangeRenewal changeRenewal) {
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.callOff = callOff;
    this.changeRenewal = changeRenewal;
  }

  /**
   * Has it end, and no change of it come; one that ends already changes nothing.
   *
   * @throws RuleViolation when it has to be tried again: something else is being done with the plan
   */
  public void handle(UUID organizationId) {
    if (changes.live(organizationId).isPresent()) {
      // A purchase is no plan yet, and would be one when this is done.
      callOff.handle(organizationId);
      if (changes.live(organizationId).isPresent()) {
        throw BillingProblem.CHANGE_PENDING.violation();
      }
    }
    if (isFree(organizationId)) {
      return;
    }
    try {
      changeRenewal.handle(new ChangeRenewal.Command(organizationId, false));
    } catch (RuleViolation refused) {
      if (!isFree(organizationId)) {
        throw refused;
      }
    }
  }

  private boolean isFree(UUID organizationId) {
    return subscriptions
        .find(organizationId)
        .filter(subscription -> subscription.status() != SubscriptionStatus.FREE)
        .isEmpty();
  }
}
