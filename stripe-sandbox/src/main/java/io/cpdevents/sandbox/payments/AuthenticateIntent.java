package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.payments.AttemptPayment.Attempt;
import org.springframework.stereotype.Component;

/** Takes the result of 3-D Secure for a payment without a page. */
@Component
public class AuthenticateIntent {
  private final StripeObjects objects;
  private final PaymentMethods paymentMethods;
  private final AttemptPayment attemptPayment;

  AuthenticateIntent(
      StripeObjects objects, PaymentMethods paymentMethods, AttemptPayment attemptPayment) {
    this.objects = objects;
    this.paymentMethods = paymentMethods;
    this.attemptPayment = attemptPayment;
  }

  /**
   * Continues the payment; a failed authentication is a {@link StripeRefusal} that is committed.
   */
  public StripeObject handle(String intentId, boolean passed) {
    StripeObject intent =
        objects
            .lock("payment_intent", intentId)
            .orElseThrow(() -> StripeRefusal.noSuch("payment_intent", intentId, "intent"));
    if (!intent.is("status", "requires_action") || intent.innerText("checkout_session") != null) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          null,
          "Nobody is asked to authenticate this PaymentIntent.");
    }
    if (passed && intent.is("confirmation_method", "manual")) {
      intent.inner().put("authenticated", true);
      intent.body().put("status", "requires_confirmation");
      intent.body().putNull("next_action");
      objects.save(intent);
      return intent;
    }
    StripeObject method =
        paymentMethods.named(
            intent.account(), intent.requiredText("payment_method"), "payment_method");
    attemptPayment.handle(new Attempt(intent, method, passed, null));
    return intent;
  }
}
