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

  SettlePaymentIntent(StripeApi stripe, ApplyPaymentIntent apply) {
    this.stripe = stripe;
    this.apply = apply;
  }

  /**
   * Takes over the payment intent as it is at Stripe now.
   *
   * @return false when it is for no payment of ours and has taken no money
   */
  public boolean handle(String paymentIntentId) {
    return apply.handle(stripe.paymentIntent(paymentIntentId));
  }
}
