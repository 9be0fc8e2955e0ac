package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoices;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Money that no registration is paid by may have paid an invoice: Stripe is asked. */
@Component
public class IdentifyInvoiceMoney {

  private final StripeInvoices stripe;
  private final SettleInvoice settleInvoice;

  IdentifyInvoiceMoney(StripeInvoices stripe, SettleInvoice settleInvoice) {
    this.stripe = stripe;
    this.settleInvoice = settleInvoice;
  }

  /**
   * The invoice of an organization of ours that a payment intent has paid, taken over.
   *
   * @return Stripe's id of it; empty when there is none
   */
  public Optional<String> handle(String paymentIntentId) {
    return stripe.invoiceOfPaymentIntent(paymentIntentId).filter(settleInvoice::handle);
  }
}
