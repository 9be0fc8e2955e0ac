package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefund;
import org.springframework.stereotype.Component;

/**
 * What became of a refund is asked of Stripe and taken over, also when it was not ours. The money
 * comes first: a refund may be told before the capture that it belongs to.
 */
@Component
public class SettleRefund {

  private final StripeApi stripe;
  private final RefundablePayments payments;
  private final SettlePaymentIntent settlePaymentIntent;
  private final ApplyRefund apply;

  SettleRefund(
      StripeApi stripe,
      RefundablePayments payments,
      SettlePaymentIntent settlePaymentIntent,
      ApplyRefund apply) {
    this.stripe = stripe;
    this.payments = payments;
    this.settlePaymentIntent = settlePaymentIntent;
    this.apply = apply;
  }

  /** Takes over the refund as it is at Stripe now. */
  public void handle(String stripeRefundId) {
    StripeRefund refund = stripe.refund(stripeRefundId);
    String paymentIntentId = refund.paymentIntentId();
    if (paymentIntentId != null && !payments.isCaptured(paymentIntentId)) {
      settlePaymentIntent.handle(paymentIntentId);
    }
    apply.handle(refund);
  }
}
