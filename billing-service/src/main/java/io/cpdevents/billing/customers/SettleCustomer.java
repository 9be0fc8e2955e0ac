package io.cpdevents.billing.customers;

import io.cpdevents.billing.stripe.StripeApi;
import org.springframework.stereotype.Component;

/**
 * A buyer whose customer was deleted at Stripe becomes a new one with the next payment: Stripe
 * makes no page for a customer who is not there.
 */
@Component
public class SettleCustomer {

  private final Customers customers;
  private final StripeApi stripe;

  SettleCustomer(Customers customers, StripeApi stripe) {
    this.customers = customers;
    this.stripe = stripe;
  }

  /**
   * Asks Stripe about one of our customers.
   *
   * @return false when it is none of ours
   */
  public boolean handle(String stripeCustomerId) {
    boolean isOurs = customers.isKnown(stripeCustomerId);
    if (isOurs && !stripe.hasCustomer(stripeCustomerId)) {
      customers.forget(stripeCustomerId);
    }
    return isOurs;
  }
}
