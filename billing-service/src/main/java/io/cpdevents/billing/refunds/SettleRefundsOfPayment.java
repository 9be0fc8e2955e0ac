package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefund;
import org.springframework.stereotype.Component;

/** What became of every refund of a payment is asked of Stripe and taken over. */
@Component
public class SettleRefundsOfPayment {

  private final StripeApi stripe;
  private final SettleRefund settleRefund;

  SettleRefundsOfPayment(StripeApi stripe, SettleRefund settleRefund) {
    this.stripe = stripe;
    this.settleRefund = settleRefund;
  }

  /**
   * Takes over every refund of a payment intent, as it is at Stripe now.
   *
   * @return false when all of them are of no money of ours
   */
  public boolean handle(String paymentIntentId) {
    boolean isOurs = false;
    // Oldest first: a refund may have been made because the one before it failed.
    for (StripeRefund found : stripe.refundsOf(paymentIntentId).reversed()) {
      isOurs |= settleRefund.handle(found.id());
    }
    return isOurs;
  }
}
