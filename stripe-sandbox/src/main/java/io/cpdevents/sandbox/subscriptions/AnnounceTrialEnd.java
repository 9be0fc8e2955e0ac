package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Tells three days before that a trial ends; of a shorter trial at once. */
@Component
class AnnounceTrialEnd implements StepHandler {
  static final String KIND = "announce-trial-end";
  static final long SECONDS_BEFORE_END = 3L * 24 * 60 * 60;

  private final StripeObjects objects;
  private final Events events;

  AnnounceTrialEnd(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (subscription.is("status", Subscriptions.TRIALING)) {
      events.record("customer.subscription.trial_will_end", subscription);
    }
  }
}
