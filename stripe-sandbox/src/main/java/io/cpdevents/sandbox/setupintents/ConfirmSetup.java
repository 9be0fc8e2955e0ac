package io.cpdevents.sandbox.setupintents;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethodTypes;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Confirms a setup intent: saves a payment method for later, unless the bank declines it. */
@Component
public class ConfirmSetup {
  private final StripeObjects objects;
  private final Events events;
  private final PaymentMethods paymentMethods;

  ConfirmSetup(StripeObjects objects, Events events, PaymentMethods paymentMethods) {
    this.objects = objects;
    this.events = events;
    this.paymentMethods = paymentMethods;
  }

  /**
   * Confirms an intent that this transaction has locked or added.
   *
   * @param method the payment method, locked or added by this transaction
   * @param authenticated whether the person passed 3-D Secure; null when it was not required yet
   */
  public void handle(StripeObject intent, StripeObject method, @Nullable Boolean authenticated) {
    TestMethod test = TestMethod.of(method);
    PaymentMethodTypes.require(intent, test);
    paymentMethods.requireUsable(method, intent.text("customer"));
    StripeRefusal decline = test.declineOfSetup();
    if (decline != null) {
      throw fail(intent, method, decline);
    }
    if (test.needsAuthentication() && authenticated == null) {
      askForAuthentication(intent, method);
      return;
    }
    if (test.needsAuthentication() && !Boolean.TRUE.equals(authenticated)) {
      throw fail(
          intent,
          method,
          StripeRefusal.card(
              "setup_intent_authentication_failure",
              null,
              "The latest attempt to set up the payment method has failed because authentication failed."));
    }
    String customer = intent.text("customer");
    if (customer != null && method.text("customer") == null) {
      paymentMethods.attach(method, customer);
    }
    ObjectNode body = intent.body();
    body.put("payment_method", method.id());
    body.put("status", "succeeded");
    body.putNull("next_action");
    body.putNull("last_setup_error");
    objects.save(intent);
    events.record("setup_intent.succeeded", intent);
  }

  private void askForAuthentication(StripeObject intent, StripeObject method) {
    intent.body().put("payment_method", method.id());
    intent.body().put("status", "requires_action");
    ObjectNode action = intent.body().putObject("next_action");
    action.put("type", "use_stripe_sdk");
    action.putObject("use_stripe_sdk").put("type", "three_d_secure_redirect");
    objects.save(intent);
    events.record("setup_intent.requires_action", intent);
  }

  private StripeRefusal fail(StripeObject intent, StripeObject method, StripeRefusal why) {
    StripeRefusal refusal = why.with("payment_method", method.body().deepCopy());
    intent.body().put("status", "requires_payment_method");
    intent.body().putNull("payment_method");
    intent.body().putNull("next_action");
    intent.body().set("last_setup_error", refusal.error());
    objects.save(intent);
    events.record("setup_intent.setup_failed", intent);
    return refusal.with("setup_intent", intent.body().deepCopy());
  }
}
