package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Drafts an invoice of a customer that no subscription makes. */
@Component
class CreateInvoice {
  private static final String DEFAULT_CURRENCY = "cad";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;
  private final Customers customers;
  private final InvoiceItems items;
  private final Invoices invoices;

  CreateInvoice(
      StripeObjects objects,
      Events events,
      SandboxClock clock,
      Customers customers,
      InvoiceItems items,
      Invoices invoices) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
    this.customers = customers;
    this.items = items;
    this.invoices = invoices;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    long now = clock.epochSecond();
    String customer = params.requiredText("customer");
    customers.require(request.account(), customer, "customer");
    StripeObject invoice =
        StripeObject.shaped(request.account(), Invoices.KIND, StripeIds.next("in"), now);
    ObjectNode body = invoice.body();
    body.put("customer", customer);
    body.put("billing_reason", "manual");
    body.put("auto_advance", Boolean.TRUE.equals(params.flag("auto_advance")));
    body.put("description", params.text("description"));
    body.putNull("parent");
    body.put("period_start", now);
    body.put("period_end", now);
    params.oneOf("collection_method", "charge_automatically");
    boolean includes =
        "include".equals(params.oneOf("pending_invoice_items_behavior", "include", "exclude"));
    String currency = params.has("currency") ? Prices.currency(params) : null;
    Metadata.merge(params, body);
    params.refuseOthers();
    List<StripeObject> waiting =
        includes ? items.pending(request.account(), customer, customer) : List.of();
    if (currency == null) {
      currency = waiting.isEmpty() ? DEFAULT_CURRENCY : waiting.getFirst().requiredText("currency");
    }
    body.put("currency", currency);
    List<StripeObject> own =
        waiting.stream()
            .filter(item -> item.is("currency", invoice.requiredText("currency")))
            .toList();
    invoices.setLines(invoice, own.stream().map(InvoiceItems::lineOf).toList());
    own.forEach(item -> items.putOn(item, invoice.id()));
    objects.add(invoice);
    events.record("invoice.created", invoice);
    return invoice;
  }
}
