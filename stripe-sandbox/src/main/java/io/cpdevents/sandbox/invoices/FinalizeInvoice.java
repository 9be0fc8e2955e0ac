package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Gives a draft its number, after which it does not change any more, and charges it. */
@Component
class FinalizeInvoice implements StepHandler {
  static final String KIND = "finalize-invoice";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;
  private final CollectInvoice collect;

  FinalizeInvoice(
      StripeObjects objects, Events events, SandboxClock clock, CollectInvoice collect) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
    this.collect = collect;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String invoiceId) {
    StripeObject invoice = objects.lockExisting(Invoices.KIND, invoiceId);
    if (invoice.is("status", Invoices.DRAFT)) {
      finalizeNow(invoice);
      collect.charge(invoice);
    }
  }

  private void finalizeNow(StripeObject invoice) {
    long now = clock.epochSecond();
    StripeObject customer = objects.lockExisting("customer", invoice.requiredText("customer"));
    long sequence = customer.number("next_invoice_sequence");
    customer.body().put("next_invoice_sequence", sequence + 1);
    objects.save(customer);
    ObjectNode body = invoice.body();
    body.put(
        "number",
        String.format(Locale.ROOT, "%s-%04d", customer.requiredText("invoice_prefix"), sequence));
    body.put("status", Invoices.OPEN);
    body.put("effective_at", now);
    body.putNull("automatically_finalizes_at");
    body.put("ending_balance", 0);
    body.put("hosted_invoice_url", "https://invoice.stripe.com/i/" + invoice.id());
    body.put("invoice_pdf", "https://pay.stripe.com/invoice/" + invoice.id() + "/pdf");
    body.withObjectProperty("status_transitions").put("finalized_at", now);
    objects.save(invoice);
    events.record("invoice.finalized", invoice);
  }
}
