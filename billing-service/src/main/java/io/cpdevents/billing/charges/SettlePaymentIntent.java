package io.cpdevents.billing.charges;

import io.cpdevents.billing.stripe.StripeApi;
import org.springframework.stereotype.Component;

/**
 * What became of money is asked of Stripe and taken over. Every event about it ends here, so their
 * order and number do not matter.
 */
@Component
public class SettlePaymentIntent {

  private final StripeApi stripe;
  private final ApplyPaymentIntent apply;
  private final Charges charges;

  SettlePaymentIntent(StripeApi stripe, ApplyPaymentIntent apply, Charges charges) {
    this.stripe = stripe;
    this.apply = apply;
    this.charges = charges;
  }

  /** Takes over the payment intent as it is at Stripe now. */
  public void handle(String paymentIntentId) {
    apply.handle(stripe.paymentIntent(paymentIntentId));
  }

  /** Takes it over unless it is known that it has taken money. */
  public void handleUnlessCharged(String paymentIntentId) {
    if (!charges.hasCharge(paymentIntentId)) {
      handle(paymentIntentId);
    }
  }
}
