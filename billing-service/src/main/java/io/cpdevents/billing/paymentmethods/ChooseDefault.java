package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * An organization chooses the card that pays its invoices. What is open is charged to it once, also
 * when it is the one that pays already: somebody says that it can pay by now.
 */
@Component
public class ChooseDefault {

  private final ChangeAtStripe change;
  private final PaymentMethods methods;
  private final List<DefaultCardListener> listeners;
  private final StripePaymentMethods stripe;
  private final Clock clock;

  ChooseDefault(
      ChangeAtStripe change,
      PaymentMethods methods,
      List<DefaultCardListener> listeners,
      StripePaymentMethods stripe,
      Clock clock) {
    this.change = change;
    this.methods = methods;
    this.listeners = listeners;
    this.stripe = stripe;
    this.clock = clock;
  }

  /**
   * Makes it the default of customer and subscription.
   *
   * @throws RuleViolation 404 {@code payment-method-not-found}, 409 {@code payment-method-expired}
   *     or {@code payment-method-refused}, 429 {@code too-many-requests}, 503 {@code
   *     stripe-unavailable}
   */
  public void handle(ChosenPaymentMethod chosen) {
    UUID organizationId = chosen.organizationId();
    listeners.forEach(listener -> listener.toBeChosen(organizationId));
    boolean pays = methods.defaultOf(organizationId).filter(chosen.methodId()::equals).isPresent();
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
    if (pays) {
      listeners.forEach(listener -> listener.chosenAgain(organizationId, chosen.methodId()));
    }
  }
}
