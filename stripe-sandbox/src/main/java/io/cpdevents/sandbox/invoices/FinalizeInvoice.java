package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Gives a draft its number, after which it does not change any more, and charges it. */
@Component
public class FinalizeInvoice implements StepHandler {
  static final String KIND = "finalize-invoice";

  private final StripeObjects objects;
  private final Invoices invoices;
  private final Events events;
  private final SandboxClock clock;
  private final CollectInvoice collect;
  private final PlannedSteps steps;
  private final PayInvoice payInvoice;
  private final CustomerBalance balance;
  private final SandboxSettings settings;

  FinalizeInvoice(
      StripeObjects objects,
      Invoices invoices,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      CollectInvoice collect,
      PayInvoice payInvoice,
      CustomerBalance balance,
      SandboxSettings settings) {
    this.settings = settings;
    this.steps = steps;
    this.payInvoice = payInvoice;
    this.balance = balance;
    this.objects = objects;
    this.invoices = invoices;
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
    if (invoice.is("status", Invoices.DRAFT) && !invoices.isOfEnded(invoice)) {
      finalizeNow(invoice);
      if (invoice.is("status", Invoices.OPEN)) {
        collect.charge(invoice);
      }
    }
  }

  /** Finalizes a locked draft. One that charges nothing is paid with that. */
  public void finalizeNow(StripeObject invoice) {
    long now = clock.epochSecond();
    StripeObject customer = objects.lockExisting("customer", invoice.requiredText("customer"));
    long sequence = customer.number("next_invoice_sequence");
    customer.body().put("next_invoice_sequence", sequence + 1);
    objects.save(customer);
    balance.apply(invoice, customer);
    ObjectNode body = invoice.body();
    body.put(
        "number",
        String.format(Locale.ROOT, "%s-%04d", customer.requiredText("invoice_prefix"), sequence));
    body.put("status", Invoices.OPEN);
    body.put("effective_at", now);
    body.putNull("automatically_finalizes_at");
    body.putNull("last_finalization_error");
    body.put("hosted_invoice_url", settings.publicUrl() + "/i/" + invoice.id());
    body.put("invoice_pdf", "https://pay.stripe.com/invoice/" + invoice.id() + "/pdf");
    body.withObjectProperty("status_transitions").put("finalized_at", now);
    objects.save(invoice);
    steps.cancel(KIND, invoice.id());
    events.record("invoice.finalized", invoice);
    if (invoice.number("amount_due") == 0) {
      payInvoice.payNothing(invoice);
    }
  }
}
