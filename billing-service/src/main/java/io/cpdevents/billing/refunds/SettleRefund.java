package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefund;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of a refund is asked of Stripe and taken over, also when it was not ours. The money
 * comes first: a refund may be told before the capture that it belongs to. So do the other refunds
 * of the payment when it is more than we know to be left: one of them may have come to nothing.
 */
@Component
public class SettleRefund {

  private final StripeApi stripe;
  private final SettlePaymentIntent settlePaymentIntent;
  private final ApplyRefund apply;
  private final SettleUnknownMoney settleUnknownMoney;

  SettleRefund(
      StripeApi stripe,
      SettlePaymentIntent settlePaymentIntent,
      ApplyRefund apply,
      SettleUnknownMoney settleUnknownMoney) {
    this.stripe = stripe;
    this.settlePaymentIntent = settlePaymentIntent;
    this.apply = apply;
    this.settleUnknownMoney = settleUnknownMoney;
  }

  /** Takes over the refund as it is at Stripe now. */
  public void handle(String stripeRefundId) {
    StripeRefund refund = stripe.refund(stripeRefundId);
    @Nullable String paymentIntentId = refund.paymentIntentId();
    if (paymentIntentId != null) {
      settlePaymentIntent.handleUnlessCharged(paymentIntentId);
      if (!apply.handleIfItFits(refund)) {
        settleOthers(paymentIntentId, stripeRefundId);
        apply.handle(refund);
      }
      settleUnknownMoney.handle(paymentIntentId);
    } else {
      apply.handle(refund);
    }
  }

  private void settleOthers(String paymentIntentId, String stripeRefundId) {
    // Oldest first: a refund may have been made because the one before it failed.
    for (StripeRefund other : stripe.refundsOf(paymentIntentId).reversed()) {
      if (!other.id().equals(stripeRefundId)) {
        apply.handleIfItFits(stripe.refund(other.id()));
      }
    }
  }
}
