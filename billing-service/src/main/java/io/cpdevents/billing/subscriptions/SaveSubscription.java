package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.FeeTerms;
import io.cpdevents.contracts.billing.EntitlementsEvent.Limits;
import io.cpdevents.contracts.billing.EntitlementsEvent.UsagePeriod;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Saves subscriptions, and tells what they entitle to when that has changed. */
@Component
class SaveSubscription {

  private final Subscriptions subscriptions;
  private final PlanQueries plans;
  private final Outbox outbox;

  SaveSubscription(Subscriptions subscriptions, PlanQueries plans, Outbox outbox) {
    this.subscriptions = subscriptions;
    this.plans = plans;
    this.outbox = outbox;
  }

  /** Adds the subscription of an organization that has none. */
  void ifAbsent(Subscription subscription) {
    if (subscriptions.insert(subscription)) {
      tell(subscription, subscription.changedAt());
    }
  }

  /** Tells once more what a locked subscription entitles to, since its plan is another offer. */
  void toldAnew(UUID organizationId, Instant now) {
    subscriptions.beginNextVersion(organizationId);
    tell(subscriptions.find(organizationId).orElseThrow(), now);
  }

  /** Saves a locked subscription whose entitlements have changed. */
  void entitled(Subscription subscription) {
    subscriptions.update(subscription);
    tell(subscription, subscription.changedAt());
  }

  private void tell(Subscription subscription, Instant now) {
    Plan plan = plans.plan(subscription.planId());
    subscriptions.keepTold(subscription.organizationId(), plan.terms());
    outbox.append(
        new EntitlementsChanged(
            subscription.organizationId(),
            subscription.version(),
            plan.id(),
            new Limits(plan.limits().publications(), plan.limits().registrations()),
            UsagePeriod.CALENDAR_MONTH,
            new FeeTerms(
                plan.feeRule().basisPoints(),
                plan.feeRule().perTicket().stream().map(Money::toAmount).toList()),
            subscription.graceEndsAt(),
            now));
  }
}
