package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Charges an invoice again whose last attempt was declined, unless its subscription is over. */
@Component
class RetryInvoice implements StepHandler {
  static final String KIND = "retry-invoice";

  private final StripeObjects objects;
  private final Invoices invoices;
  private final CollectInvoice collect;

  RetryInvoice(StripeObjects objects, Invoices invoices, CollectInvoice collect) {
    this.objects = objects;
    this.invoices = invoices;
    this.collect = collect;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String invoiceId) {
    StripeObject invoice = objects.lockExisting(Invoices.KIND, invoiceId);
    if (invoice.is("status", Invoices.OPEN) && !invoices.isOfEnded(invoice)) {
      collect.charge(invoice);
    }
  }
}
