package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drafts invoices, and finds them. */
@Component
public class Invoices {
  static final String KIND = "invoice";
  static final String OPEN = "open";
  static final String DRAFT = "draft";
  static final String PAID = "paid";

  /** The inner fact of an invoice: the payment intent that pays it. */
  static final String PAYMENT_INTENT = "payment_intent";

  /** How long an invoice stays a draft, which its owner may still change. */
  private static final Duration DRAFT_TIME = Duration.ofHours(1);

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  Invoices(StripeObjects objects, Events events, PlannedSteps steps, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  StripeObject find(String account, String id) {
    return objects.find(account, KIND, id).orElseThrow(() -> noSuch(id));
  }

  StripeObject lock(String account, String id) {
    return objects
        .lock(KIND, id)
        .filter(found -> found.account().equals(account))
        .orElseThrow(() -> noSuch(id));
  }

  private static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch(KIND, id, "id");
  }

  /**
   * Drafts the invoice for the current period of a locked subscription; it is finalized and charged
   * by itself.
   *
   * @return its id
   */
  public String draft(StripeObject subscription) {
    long now = clock.epochSecond();
    StripeObject invoice =
        StripeObject.shaped(subscription.account(), KIND, StripeIds.next("in"), now);
    ObjectNode body = invoice.body();
    body.set("currency", subscription.body().get("currency"));
    body.set("customer", subscription.body().get("customer"));
    body.put("billing_reason", "subscription_cycle");
    body.put("automatically_finalizes_at", now + DRAFT_TIME.toSeconds());
    ObjectNode details =
        body.withObjectProperty("parent").withObjectProperty("subscription_details");
    details.put("subscription", subscription.id());
    details.set("metadata", subscription.body().get("metadata").deepCopy());
    invoice.inner().put("subscription", subscription.id());
    describeCustomer(invoice);
    addLine(invoice, subscription);
    objects.add(invoice);
    events.record("invoice.created", invoice);
    steps.planAt(now + DRAFT_TIME.toSeconds(), FinalizeInvoice.KIND, invoice.id());
    return invoice.id();
  }

  private void describeCustomer(StripeObject invoice) {
    ObjectNode customer =
        objects
            .findAnywhere("customer", invoice.requiredText("customer"))
            .map(StripeObject::body)
            .orElseThrow();
    for (String field : new String[] {"address", "email", "name", "phone", "shipping"}) {
      invoice.body().set("customer_" + field, customer.path(field).deepCopy());
    }
  }

  private static void addLine(StripeObject invoice, StripeObject subscription) {
    JsonNode item = subscription.body().path("items").path("data").get(0);
    JsonNode price = item.get("price");
    long quantity = item.get("quantity").longValue();
    long amount = Math.multiplyExact(price.get("unit_amount").longValue(), quantity);
    ObjectNode line = Shapes.of("line_item");
    line.put("id", StripeIds.next("il"));
    line.put("amount", amount);
    line.put("subtotal", amount);
    line.set("currency", price.get("currency"));
    line.put("invoice", invoice.id());
    line.put("quantity", quantity);
    line.put("quantity_decimal", Long.toString(quantity));
    ObjectNode period = line.withObjectProperty("period");
    period.set("start", item.get("current_period_start"));
    period.set("end", item.get("current_period_end"));
    ObjectNode pricing = line.withObjectProperty("pricing");
    pricing.set("unit_amount_decimal", price.get("unit_amount_decimal"));
    ObjectNode priceDetails = pricing.withObjectProperty("price_details");
    priceDetails.set("price", price.get("id"));
    priceDetails.set("product", price.get("product"));
    ObjectNode parent =
        line.withObjectProperty("parent").withObjectProperty("subscription_item_details");
    parent.put("subscription", subscription.id());
    parent.set("subscription_item", item.get("id"));
    ObjectNode body = invoice.body();
    ObjectNode lines = body.withObjectProperty("lines");
    lines.withArrayProperty("data").add(line);
    lines.put("total_count", 1);
    lines.put("url", "/v1/invoices/" + invoice.id() + "/lines");
    body.set("period_start", item.get("current_period_start"));
    body.set("period_end", item.get("current_period_end"));
    for (String sum :
        new String[] {
          "amount_due",
          "amount_remaining",
          "subtotal",
          "subtotal_excluding_tax",
          "total",
          "total_excluding_tax"
        }) {
      body.put(sum, amount);
    }
  }
}
