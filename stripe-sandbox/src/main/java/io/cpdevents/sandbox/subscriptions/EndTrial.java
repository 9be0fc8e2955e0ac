package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/**
 * Ends a trial: with a payment method the first month begins, without one all is over, or paused.
 */
@Component
class EndTrial implements StepHandler {
  static final String KIND = "end-trial";

  private final StripeObjects objects;
  private final Subscriptions subscriptions;
  private final BeginPeriod beginPeriod;
  private final PauseSubscription pause;

  EndTrial(
      StripeObjects objects,
      Subscriptions subscriptions,
      BeginPeriod beginPeriod,
      PauseSubscription pause) {
    this.pause = pause;
    this.objects = objects;
    this.subscriptions = subscriptions;
    this.beginPeriod = beginPeriod;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subscriptionId) {
    StripeObject subscription = objects.lockExisting(Subscriptions.KIND, subscriptionId);
    if (!subscription.is("status", Subscriptions.TRIALING)) {
      return;
    }
    if (!Subscriptions.endsWithPeriod(subscription)
        && (subscriptions.hasPaymentMethod(subscription)
            || Subscriptions.isInvoicedAnyway(subscription))) {
      beginPeriod.begin(subscription);
    } else if (!Subscriptions.endsWithPeriod(subscription)
        && Subscriptions.isPausedWithoutMethod(subscription)) {
      pause.handle(subscription);
    } else {
      subscriptions.cancel(subscription);
    }
  }
}
