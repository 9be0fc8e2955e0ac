package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefund;
import org.springframework.stereotype.Component;

/** What became of a refund is asked of Stripe and taken over, also when it was not ours. */
@Component
public class SettleRefund {

  private final StripeApi stripe;
  private final ApplyRefund apply;

  SettleRefund(StripeApi stripe, ApplyRefund apply) {
    this.stripe = stripe;
    this.apply = apply;
  }

  /** Takes over one refund as it is at Stripe now. */
  public void handle(String stripeRefundId) {
    apply.handle(stripe.refund(stripeRefundId));
  }

  /** Takes over every refund of a payment intent. */
  public void handleAllOf(String paymentIntentId) {
    for (StripeRefund found : stripe.refundsOf(paymentIntentId)) {
      handle(found.id());
    }
  }
}
