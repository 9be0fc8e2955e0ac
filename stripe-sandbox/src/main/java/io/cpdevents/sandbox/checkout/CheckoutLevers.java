package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.checkout.PaySession.Payment;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.paymentmethods.Payer;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pays, or saves a card, without a browser. */
@RestController
@RequestMapping(path = "/_sandbox", produces = MediaType.APPLICATION_JSON_VALUE)
class CheckoutLevers {
  private static final String DEFAULT_CARD = "4242424242424242";

  private final PaySession paySession;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  CheckoutLevers(PaySession paySession, ObjectViews views, ApiTransaction transaction) {
    this.paySession = paySession;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of {@code pay}.
   *
   * @param card the number; 4242... by default
   * @param authenticate whether the person passes 3-D Secure; true by default
   * @param captureDelayMs makes the bank slow: the session is complete but unpaid, and the money
   *     arrives this much later, whatever happens until then
   */
  record Pay(
      @Nullable String card,
      @Nullable String email,
      @Nullable String name,
      @Nullable Boolean authenticate,
      @Nullable Long captureDelayMs) {}

  /** Answers the session, or 402 with the decline. */
  @PostMapping("/checkout-sessions/{id}/pay")
  String pay(@PathVariable String id, @RequestBody(required = false) @Nullable Pay pay) {
    Pay wanted = pay == null ? new Pay(null, null, null, null, null) : pay;
    String card = wanted.card();
    Long delay = wanted.captureDelayMs();
    Payment payment =
        new Payment(
            paySession.with(TestCard.of(card == null ? DEFAULT_CARD : card)),
            new Payer(wanted.email(), wanted.name()),
            !Boolean.FALSE.equals(wanted.authenticate()),
            delay == null ? null : Duration.ofMillis(delay));
    return StripeJson.write(transaction.run(() -> views.show(paySession.handle(id, payment))));
  }

  /** The customer never comes back: the session expires now instead of at its time. */
  @PostMapping("/checkout-sessions/{id}/abandon")
  String abandon(@PathVariable String id) {
    return StripeJson.write(transaction.run(() -> views.show(paySession.abandon(id))));
  }
}
