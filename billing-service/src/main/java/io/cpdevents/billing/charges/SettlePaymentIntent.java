package io.cpdevents.billing.charges;

import io.cpdevents.billing.invoices.IdentifyInvoiceMoney;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripePaymentIntent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of money is asked of Stripe and taken over. Every event about it ends here, so their
 * order and number do not matter.
 */
@Component
public class SettlePaymentIntent {

  private final StripeApi stripe;
  private final IdentifyInvoiceMoney identifyInvoiceMoney;
  private final ApplyPaymentIntent apply;

  SettlePaymentIntent(
      StripeApi stripe, IdentifyInvoiceMoney identifyInvoiceMoney, ApplyPaymentIntent apply) {
    this.stripe = stripe;
    this.identifyInvoiceMoney = identifyInvoiceMoney;
    this.apply = apply;
  }

  /**
   * Takes over the payment intent as it is at Stripe now.
   *
   * @return false when it is for nothing of ours and has taken no money
   */
  public boolean handle(String paymentIntentId) {
    StripePaymentIntent intent = stripe.paymentIntent(paymentIntentId);
    return apply.handle(new ApplyPaymentIntent.Command(intent, paidInvoice(intent)));
  }

  /** Only what is for no registration may have paid one. */
  private @Nullable String paidInvoice(StripePaymentIntent intent) {
    boolean isCandidate =
        intent.paymentId() == null && intent.status() == StripePaymentIntent.Status.SUCCEEDED;
    return isCandidate ? identifyInvoiceMoney.handle(intent.id()).orElse(null) : null;
  }
}
