package io.cpdevents.billing.disputes;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.refunds.SettleRefundsOfPayment;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeDispute;
import org.springframework.stereotype.Component;

/**
 * What became of a dispute is asked of Stripe and taken over. Every event about it ends here, so
 * their order and number do not matter. The money comes first: a dispute may be told before the
 * capture that it belongs to. So do refunds once a dispute has money: those that somebody has made
 * before it have left less for it, Stripe has ended those that were under way, and what is still
 * owed gives way to what it has for good.
 */
@Component
public class SettleDispute {

  private final StripeApi stripe;
  private final Disputes disputes;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleRefundsOfPayment settleRefundsOfPayment;
  private final ApplyDispute apply;

  SettleDispute(
      StripeApi stripe,
      Disputes disputes,
      SettlePaymentIntent settlePaymentIntent,
      SettleRefundsOfPayment settleRefundsOfPayment,
      ApplyDispute apply) {
    this.stripe = stripe;
    this.disputes = disputes;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleRefundsOfPayment = settleRefundsOfPayment;
    this.apply = apply;
  }

  /**
   * Takes over the dispute as it is at Stripe now.
   *
   * @return false when it is about no payment of ours and has moved no money
   */
  public boolean handle(String stripeDisputeId) {
    StripeDispute dispute = stripe.dispute(stripeDisputeId);
    String paymentIntentId =
        dispute.paymentIntentId() == null
            ? stripe.paymentIntentOfCharge(dispute.chargeId())
            : dispute.paymentIntentId();
    if (paymentIntentId != null && disputes.findByStripeId(stripeDisputeId).isEmpty()) {
      settlePaymentIntent.handle(paymentIntentId);
    }
    if (paymentIntentId != null && dispute.taken().isPositive()) {
      settleRefundsOfPayment.handle(paymentIntentId);
    }
    return apply.handle(dispute, paymentIntentId);
  }
}
