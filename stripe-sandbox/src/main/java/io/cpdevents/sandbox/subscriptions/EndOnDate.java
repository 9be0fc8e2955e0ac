package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Ends a subscription on the date to which it was cancelled, if that is still so. */
@Component
class EndOnDate implements StepHandler {
  static final String KIND = "end-on-date";

  private final StripeObjects objects;
  private final Subscriptions subscriptions;
  private final SandboxClock clock;

  EndOnDate(StripeObjects objects, Subscriptions subscriptions, SandboxClock clock) {
    this.objects = objects;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    JsonNode end = subscription.body().path(Subscriptions.END);
    if (!Subscriptions.isOver(subscription)
        && end.isNumber()
        && end.asLong() <= clock.epochSecond()) {
      subscriptions.cancel(subscription);
    }
  }
}
