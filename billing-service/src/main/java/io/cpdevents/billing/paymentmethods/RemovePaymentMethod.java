package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * An organization removes a card. If it was the one that pays, the valid one that was saved last
 * takes its place.
 */
@Component
public class RemovePaymentMethod {

  private final ChangeAtStripe change;
  private final StripePaymentMethods stripe;

  RemovePaymentMethod(ChangeAtStripe change, StripePaymentMethods stripe) {
    this.change = change;
    this.stripe = stripe;
  }

  /**
   * Removes it, for good.
   *
   * @throws RuleViolation 404 {@code payment-method-not-found}, 409 {@code payment-method-refused},
   *     503 {@code stripe-unavailable}
   */
  public void handle(ChosenPaymentMethod chosen) {
    change.handle(
        new ChangeAtStripe.Command(
            chosen,
            "payment-method.removed",
            Map.of("status", "saved"),
            Map.of(),
            _ -> {},
            (_, key) -> stripe.detach(chosen.methodId(), key)));
  }
}
