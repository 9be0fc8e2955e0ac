package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Pauses subscriptions, for which nothing is invoiced then, and lets them go on. */
@Component
class PauseSubscription {
  static final String PAUSED = "paused";

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final BeginPeriod beginPeriod;

  PauseSubscription(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      BeginPeriod beginPeriod) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.beginPeriod = beginPeriod;
  }

  /** Pauses a locked subscription. */
  void handle(StripeObject subscription) {
    if (subscription.is("status", PAUSED)) {
      throw StripeRefusal.wrongState(null, null, "This subscription is already paused.");
    }
    ObjectNode before = subscription.body().deepCopy();
    subscription.body().put("status", PAUSED);
    objects.save(subscription);
    steps.cancel(EndTrial.KIND, subscription.id());
    steps.cancel(AnnounceTrialEnd.KIND, subscription.id());
    steps.cancel(BeginPeriod.KIND, subscription.id());
    steps.cancel(AnnounceInvoice.KIND, subscription.id());
    events.recordChange("customer.subscription.paused", subscription, before);
  }

  /** Resumes a locked subscription: a month that was over meanwhile is followed by the next one. */
  void resume(StripeObject subscription) {
    if (!subscription.is("status", PAUSED)) {
      throw StripeRefusal.wrongState(
          null, null, "You can only resume subscriptions that are paused.");
    }
    ObjectNode before = subscription.body().deepCopy();
    subscription.body().put("status", "active");
    long end = SubscriptionItems.periodEnd(subscription);
    if (end <= clock.epochSecond()) {
      beginPeriod.begin(subscription);
    } else {
      objects.save(subscription);
      steps.planAt(end, BeginPeriod.KIND, subscription.id());
      steps.planAt(
          end - AnnounceInvoice.NOTICE.toSeconds(), AnnounceInvoice.KIND, subscription.id());
    }
    events.recordChange("customer.subscription.resumed", subscription, before);
  }
}
