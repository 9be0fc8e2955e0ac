package io.cpdevents.billing.charges;

import org.springframework.stereotype.Component;

/** What refunds need of charges that have paid invoices. */
@Component
public class InvoiceCharges {

  private final Charges charges;

  InvoiceCharges(Charges charges) {
    this.charges = charges;
  }

  /** Whether a payment intent has paid an invoice of an organization's plan. */
  public boolean have(String paymentIntentId) {
    return charges.hasPaidInvoice(paymentIntentId);
  }
}
