package io.cpdevents.billing.charges;

import org.springframework.stereotype.Component;

/** What became of money is asked of Stripe and taken over, unless it is known to be taken. */
@Component
public class SettleNewPaymentIntent {

  private final SettlePaymentIntent settlePaymentIntent;
  private final Charges charges;

  SettleNewPaymentIntent(SettlePaymentIntent settlePaymentIntent, Charges charges) {
    this.settlePaymentIntent = settlePaymentIntent;
    this.charges = charges;
  }

  /**
   * Takes over the payment intent as it is at Stripe now, if we know no charge of it.
   *
   * @return false when it is for no payment of ours and has taken no money
   */
  public boolean handle(String paymentIntentId) {
    return charges.hasCharge(paymentIntentId) || settlePaymentIntent.handle(paymentIntentId);
  }
}
