package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.front.Outcomes;
import io.cpdevents.sandbox.front.Work;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people and banks do with payments. */
@RestController
@RequestMapping(
    path = "/_sandbox/payment-intents/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentLevers {
  private final CompleteProcessing completeProcessing;
  private final AuthenticateIntent authenticateIntent;
  private final ObjectViews views;
  private final Work work;

  PaymentLevers(
      CompleteProcessing completeProcessing,
      AuthenticateIntent authenticateIntent,
      ObjectViews views,
      Work work) {
    this.completeProcessing = completeProcessing;
    this.authenticateIntent = authenticateIntent;
    this.views = views;
    this.work = work;
  }

  /** Body of both levers. */
  record Outcome(@Nullable String outcome) {}

  /** Ends a payment in {@code processing} now, before its delay is over. */
  @PostMapping("/processing-outcome")
  String endProcessing(@PathVariable String id, @RequestBody Outcome wanted) {
    boolean succeeds = Outcomes.succeeded(wanted.outcome());
    return StripeJson.write(
        work.inTransaction(() -> views.show(completeProcessing.endNow(id, succeeds))));
  }

  /** The person passes 3-D Secure or does not: then the answer is 402 with the decline. */
  @PostMapping("/authentication")
  String authenticate(@PathVariable String id, @RequestBody Outcome wanted) {
    boolean passed = Outcomes.succeeded(wanted.outcome());
    return StripeJson.write(
        work.inTransaction(() -> views.show(authenticateIntent.handle(id, passed))));
  }
}
