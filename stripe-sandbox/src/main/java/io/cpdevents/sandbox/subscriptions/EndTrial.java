package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Cancels a subscription whose trial ends without a payment method. */
@Component
class EndTrial implements StepHandler {
  static final String KIND = "end-trial";

  private final StripeObjects objects;
  private final Subscriptions subscriptions;

  EndTrial(StripeObjects objects, Subscriptions subscriptions) {
    this.objects = objects;
    this.subscriptions = subscriptions;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (subscription.is("status", Subscriptions.TRIALING)) {
      subscriptions.cancel(subscription);
    }
  }
}
