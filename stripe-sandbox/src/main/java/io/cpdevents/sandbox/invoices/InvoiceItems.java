package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Items that wait for the next invoice of their subscription or customer. */
@Component
public class InvoiceItems {
  static final String KIND = "invoiceitem";

  /** The inner fact of an item that waits: the subscription, or else the customer. */
  private static final String PENDING_OF = "pending_of";

  private static final String LINE = "line";
  private static final String PERIOD = "period";

  /** Stripe allows no more that wait. */
  private static final int MAX_PENDING = 250;

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  InvoiceItems(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** Adds an item for each line of a change, which refers to its item from then on. */
  public void add(StripeObject subscription, List<ObjectNode> prorated) {
    for (ObjectNode line : prorated) {
      StripeObject item =
          StripeObject.shaped(
              subscription.account(), KIND, StripeIds.next("ii"), clock.epochSecond());
      ObjectNode details =
          line.withObjectProperty("parent").withObjectProperty("subscription_item_details");
      details.put("invoice_item", item.id());
      ObjectNode body = item.body();
      body.set("customer", subscription.body().get("customer"));
      body.put("proration", true);
      for (String field :
          List.of("amount", "currency", "description", "discountable", "metadata", PERIOD)) {
        body.set(field, line.get(field).deepCopy());
      }
      body.set("quantity", line.get("quantity"));
      body.set("quantity_decimal", line.get("quantity_decimal"));
      body.put("net_amount", line.path("amount").longValue());
      body.put("date", line.path(PERIOD).path("start").longValue());
      ObjectNode parent = body.putObject("parent");
      parent.put("type", "subscription_details");
      ObjectNode ofSubscription = parent.putObject("subscription_details");
      ofSubscription.put("subscription", subscription.id());
      ofSubscription.set("subscription_item", details.get("subscription_item"));
      body.set("pricing", line.get("pricing").deepCopy());
      body.set("proration_details", prorationDetails(details));
      addPending(item, line, subscription.id());
    }
  }

  private static ObjectNode prorationDetails(ObjectNode lineDetails) {
    ObjectNode details = lineDetails.objectNode();
    details.putArray("discount_amounts");
    return details;
  }

  /** Adds an item with its line, which waits for the next invoice of its owner. */
  void addPending(StripeObject item, ObjectNode line, String owner) {
    item.inner().put(PENDING_OF, owner);
    item.inner().set(LINE, line);
    objects.add(item);
    events.record("invoiceitem.created", item);
  }

  /** The items that wait for the next invoice of a subscription, or of a customer without one. */
  List<StripeObject> pending(String account, String customer, String owner) {
    return objects.oldest(
        ObjectQuery.of(account, KIND).with("customer", customer).withFact(PENDING_OF, owner),
        MAX_PENDING);
  }

  static ObjectNode lineOf(StripeObject item) {
    return (ObjectNode) item.inner().get(LINE);
  }

  /** What was on an invoice of a customer waits for the next one. */
  void takeOff(StripeObject invoice) {
    objects
        .oldest(
            ObjectQuery.of(invoice.account(), KIND)
                .with("customer", invoice.requiredText("customer"))
                .with("invoice", invoice.id()),
            MAX_PENDING)
        .forEach(item -> {
          item.body().putNull("invoice");
          item.inner().put(PENDING_OF, invoice.requiredText("customer"));
          objects.save(item);
        });
  }

  /** Puts an item on an invoice. */
  void putOn(StripeObject item, String invoiceId) {
    item.body().put("invoice", invoiceId);
    item.inner().remove(PENDING_OF);
    objects.save(item);
  }
}
