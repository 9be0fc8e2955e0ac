package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.InvoiceCharges;
import io.cpdevents.billing.charges.SettleNewPaymentIntent;
import io.cpdevents.billing.refunds.ApplyRefund.Answer;
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
  private final SettleNewPaymentIntent settleNewPaymentIntent;
  private final InvoiceCharges invoiceCharges;
  private final BookRefundOfInvoice bookRefundOfInvoice;
  private final ApplyRefund apply;
  private final SettleUnknownMoney settleUnknownMoney;

  SettleRefund(
      StripeApi stripe,
      SettleNewPaymentIntent settleNewPaymentIntent,
      InvoiceCharges invoiceCharges,
      BookRefundOfInvoice bookRefundOfInvoice,
      ApplyRefund apply,
      SettleUnknownMoney settleUnknownMoney) {
    this.stripe = stripe;
    this.settleNewPaymentIntent = settleNewPaymentIntent;
    this.invoiceCharges = invoiceCharges;
    this.bookRefundOfInvoice = bookRefundOfInvoice;
    this.apply = apply;
    this.settleUnknownMoney = settleUnknownMoney;
  }

  /**
   * Takes over the refund as it is at Stripe now.
   *
   * @return false when it is of no money of ours and has moved none
   */
  public boolean handle(String stripeRefundId) {
    StripeRefund refund = stripe.refund(stripeRefundId);
    @Nullable String paymentIntentId = refund.paymentIntentId();
    if (paymentIntentId == null) {
      return apply(refund, true) == Answer.APPLIED;
    }
    boolean isMoneyOfOurs = settleNewPaymentIntent.handle(paymentIntentId);
    if (invoiceCharges.have(paymentIntentId)) {
      bookRefundOfInvoice.handle(refund);
      return true;
    }
    Answer answer = apply(refund, false);
    if (answer == Answer.OTHERS_FIRST) {
      settleOthers(paymentIntentId, stripeRefundId);
      answer = apply(refund, true);
    }
    settleUnknownMoney.handle(paymentIntentId);
    return isMoneyOfOurs || answer == Answer.APPLIED;
  }

  private Answer apply(StripeRefund refund, boolean othersAreSettled) {
    return apply.handle(new ApplyRefund.Command(refund, othersAreSettled));
  }

  private void settleOthers(String paymentIntentId, String stripeRefundId) {
    // Oldest first: a refund may have been made because the one before it failed.
    for (StripeRefund other : stripe.refundsOf(paymentIntentId).reversed()) {
      if (!other.id().equals(stripeRefundId)) {
        apply(stripe.refund(other.id()), false);
      }
    }
  }
}
