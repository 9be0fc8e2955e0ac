package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** An organization chooses the card that pays its invoices. */
@Component
public class ChooseDefault {

  private final ChangeAtStripe change;
  private final StripePaymentMethods stripe;
  private final Clock clock;

  ChooseDefault(ChangeAtStripe change, StripePaymentMethods stripe, Clock clock) {
    this.change = change;
    this.stripe = stripe;
    this.clock = clock;
  }

  /**
   * Makes it the default of customer and subscription.
   *
   * @throws RuleViolation 404 {@code payment-method-not-found}, 409 {@code payment-method-expired}
   *     or {@code payment-method-refused}, 503 {@code stripe-unavailable}
   */
  public void handle(ChosenPaymentMethod chosen) {
    change.handle(
        new ChangeAtStripe.Command(
            chosen,
            "payment-method.chosen",
            Map.of(),
            Map.of("pays", "first"),
            method -> {
              if (method.isExpired(clock.instant())) {
                throw BillingProblem.PAYMENT_METHOD_EXPIRED.violation();
              }
            },
            (customerId, key) -> stripe.setDefault(customerId, chosen.methodId(), key)));
  }
}
