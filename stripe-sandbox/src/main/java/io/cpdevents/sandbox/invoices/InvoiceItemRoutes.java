package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoiceitems}: amounts for the next invoice of a customer. */
@Component
class InvoiceItemRoutes implements StripeRoutes {
  private static final String PATH = "/v1/invoiceitems";
  private static final String CUSTOMER = "customer";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Customers customers;
  private final InvoiceItems items;
  private final SandboxClock clock;

  InvoiceItemRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Customers customers,
      InvoiceItems items,
      SandboxClock clock) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.customers = customers;
    this.items = items;
    this.clock = clock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    long now = clock.epochSecond();
    String customer = params.requiredText(CUSTOMER);
    customers.require(request.account(), customer, CUSTOMER);
    StripeObject item =
        StripeObject.shaped(request.account(), InvoiceItems.KIND, StripeIds.next("ii"), now);
    long amount = params.requiredInteger("amount");
    ObjectNode body = item.body();
    body.put(CUSTOMER, customer);
    body.put("currency", Prices.currency(params));
    body.put("amount", amount);
    body.put("net_amount", amount);
    body.put("date", now);
    body.put("description", params.text("description"));
    Metadata.merge(params, body);
    params.refuseOthers();
    ObjectNode period = body.withObjectProperty("period");
    period.put("start", now);
    period.put("end", now);
    items.addPending(item, lineOf(item), customer);
    return views.show(item);
  }

  private static ObjectNode lineOf(StripeObject item) {
    ObjectNode line = Shapes.of("line_item");
    line.put("id", StripeIds.next("il"));
    for (String field : List.of("amount", "currency", "description", "metadata", "period")) {
      line.set(field, item.body().get(field).deepCopy());
    }
    line.put("subtotal", item.number("amount"));
    line.putNull("pricing");
    ObjectNode parent = line.withObjectProperty("parent");
    parent.put("type", "invoice_item_details");
    parent.putNull("subscription_item_details");
    ObjectNode details = parent.putObject("invoice_item_details");
    details.put("invoice_item", item.id());
    details.put("proration", false);
    details.putNull("proration_details");
    details.putNull("subscription");
    return line;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), InvoiceItems.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch(InvoiceItems.KIND, request.id(), "id"));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), InvoiceItems.KIND)
            .with(CUSTOMER, request.params().text(CUSTOMER))
            .with("invoice", request.params().text("invoice")));
  }
}
