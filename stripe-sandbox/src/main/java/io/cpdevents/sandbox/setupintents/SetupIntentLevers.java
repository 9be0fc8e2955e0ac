package io.cpdevents.sandbox.setupintents;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.Outcomes;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes the result of 3-D Secure while a payment method is saved. */
@RestController
class SetupIntentLevers {
  private final StripeObjects objects;
  private final PaymentMethods paymentMethods;
  private final ConfirmSetup confirmSetup;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  SetupIntentLevers(
      StripeObjects objects,
      PaymentMethods paymentMethods,
      ConfirmSetup confirmSetup,
      ObjectViews views,
      ApiTransaction transaction) {
    this.objects = objects;
    this.paymentMethods = paymentMethods;
    this.confirmSetup = confirmSetup;
    this.views = views;
    this.transaction = transaction;
  }

  /** Body of {@code authentication}. */
  record Outcome(@Nullable String outcome) {}

  /** Takes the result of 3-D Secure; answers 402 with the decline when the person fails it. */
  @PostMapping(
      path = "/_sandbox/setup-intents/{id}/authentication",
      produces = MediaType.APPLICATION_JSON_VALUE)
  String authenticate(@PathVariable String id, @RequestBody Outcome wanted) {
    boolean passed = Outcomes.succeeded(wanted.outcome());
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject intent =
              objects.lock(SetupIntents.KIND, id).orElseThrow(() -> SetupIntentRoutes.noSuch(id));
          if (!intent.is("status", "requires_action")) {
            throw StripeRefusal.wrongState(
                "setup_intent_unexpected_state",
                null,
                "Nobody is asked to authenticate this SetupIntent.");
          }
          StripeObject method =
              paymentMethods.named(
                  intent.account(), intent.requiredText("payment_method"), "payment_method");
          confirmSetup.handle(intent, method, passed);
          return views.show(intent);
        }));
  }
}
