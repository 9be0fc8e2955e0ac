package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.Outcomes;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends payments in {@code processing} and 3-D Secure, as banks and people do. */
@RestController
@RequestMapping(
    path = "/_sandbox/payment-intents/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentLevers {
  private final CompleteProcessing completeProcessing;
  private final AuthenticateIntent authenticateIntent;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  PaymentLevers(
      CompleteProcessing completeProcessing,
      AuthenticateIntent authenticateIntent,
      ObjectViews views,
      ApiTransaction transaction) {
    this.completeProcessing = completeProcessing;
    this.authenticateIntent = authenticateIntent;
    this.views = views;
    this.transaction = transaction;
  }

  /** Body of both levers. */
  record Outcome(@Nullable String outcome) {}

  /** Ends a payment in {@code processing} now instead of after its delay. */
  @PostMapping("/processing-outcome")
  String endProcessing(@PathVariable String id, @RequestBody Outcome wanted) {
    boolean succeeds = Outcomes.succeeded(wanted.outcome());
    return StripeJson.write(
        transaction.run(() -> views.show(completeProcessing.endNow(id, succeeds))));
  }

  /** Takes the result of 3-D Secure; answers 402 with the decline when the person fails it. */
  @PostMapping("/authentication")
  String authenticate(@PathVariable String id, @RequestBody Outcome wanted) {
    boolean passed = Outcomes.succeeded(wanted.outcome());
    return StripeJson.write(
        transaction.run(() -> views.show(authenticateIntent.handle(id, passed))));
  }
}
