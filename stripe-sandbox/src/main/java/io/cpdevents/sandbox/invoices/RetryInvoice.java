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
  private final CollectInvoice collect;

  RetryInvoice(StripeObjects objects, CollectInvoice collect) {
    this.objects = objects;
    this.collect = collect;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String invoiceId) {
    StripeObject invoice = objects.lockExisting(Invoices.KIND, invoiceId);
    String subscription = invoice.innerText("subscription");
    boolean isOver =
        subscription != null
            && objects.lockExisting("subscription", subscription).is("status", "canceled");
    if (invoice.is("status", Invoices.OPEN) && !isOver) {
      collect.charge(invoice);
    }
  }
}
