package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.paymentmethods.PlansToPay;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The plans that cards pay: those that run and go on after their month, also while a month is not
 * paid.
 */
@Component
class RunningPlans implements PlansToPay {

  private final Subscriptions subscriptions;

  RunningPlans(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public boolean has(UUID organizationId) {
    return subscriptions
        .find(organizationId)
        .filter(subscription ->
            subscription.isInArrears()
                || (subscription.isExpectedToPay() && subscriptions.renews(organizationId)))
        .isPresent();
  }
}
