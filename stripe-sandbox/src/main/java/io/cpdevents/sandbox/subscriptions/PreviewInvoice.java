package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.invoices.Invoices;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.PriceChange.Prorating;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/invoices/create_preview}: what a change of a subscription would charge at once, what
 * its next period will, or the first one of a new subscription. It is computed by the code that
 * changes subscriptions.
 */
@Component
class PreviewInvoice implements StripeRoutes {
  private final Subscriptions subscriptions;
  private final ReadPriceChange readPriceChange;
  private final ChangePrice changePrice;
  private final Invoices invoices;
  private final CreateSubscription createSubscription;
  private final Customers customers;
  private final SandboxClock clock;
  private final StripeObjects objects;
  private final ObjectViews views;

  PreviewInvoice(
      Subscriptions subscriptions,
      ReadPriceChange readPriceChange,
      ChangePrice changePrice,
      Invoices invoices,
      CreateSubscription createSubscription,
      Customers customers,
      SandboxClock clock,
      StripeObjects objects,
      ObjectViews views) {
    this.createSubscription = createSubscription;
    this.customers = customers;
    this.clock = clock;
    this.objects = objects;
    this.subscriptions = subscriptions;
    this.readPriceChange = readPriceChange;
    this.changePrice = changePrice;
    this.invoices = invoices;
    this.views = views;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(StripeRoute.post("/v1/invoices/create_preview", this::preview));
  }

  private ObjectNode preview(StripeRequest request) {
    Params params = request.params();
    if (!params.has("subscription")) {
      return views.show(first(request));
    }
    StripeObject subscription =
        subscriptions.named(request.account(), params.requiredText("subscription"));
    String customer = params.text("customer");
    params.oneOf("preview_mode", "next");
    PriceChange change =
        readPriceChange.handle(params.childOrEmpty("subscription_details"), subscription);
    params.refuseOthers();
    if (customer != null && !subscription.is("customer", customer)) {
      throw StripeRefusal.invalid(
          null, "customer", "The subscription does not belong to this customer.");
    }
    return views.show(preview(subscription, change));
  }

  /** The first invoice of a subscription that a customer would begin now. */
  private StripeObject first(StripeRequest request) {
    Params params = request.params();
    long now = clock.epochSecond();
    StripeObject subscription =
        StripeObject.shaped(request.account(), Subscriptions.KIND, StripeIds.next("sub"), now);
    String customer = params.requiredText("customer");
    customers.require(request.account(), customer, "customer");
    subscription.body().put("customer", customer);
    params.oneOf("preview_mode", "next");
    subscription.body().put("start_date", now);
    subscription.body().put("billing_cycle_anchor", now);
    createSubscription.addItem(params.childOrEmpty("subscription_details"), subscription, null);
    params.refuseOthers();
    return invoices.previewFirst(subscription);
  }

  /** The invoice that the next period of a subscription will have. */
  StripeObject next(StripeObject subscription) {
    return preview(subscription, null);
  }

  private StripeObject preview(StripeObject subscription, @Nullable PriceChange change) {
    List<ObjectNode> lines =
        change == null ? List.of() : changePrice.prorated(subscription, change);
    boolean atOnce =
        change != null && change.prorations() == Prorating.ALWAYS_INVOICE && !lines.isEmpty();
    if (!atOnce
        && (Subscriptions.isOver(subscription) || Subscriptions.endsWithPeriod(subscription))) {
      throw StripeRefusal.wrongState(
          "invoice_upcoming_none", null, "No upcoming invoices for customer");
    }
    ObjectNode item = SubscriptionItems.of(subscription);
    ObjectNode after = change == null ? scheduled(subscription, item) : change.applied(item);
    return invoices.preview(
        subscription, lines, atOnce ? null : BeginPeriod.next(subscription, after));
  }

  /** The item as the next period will have it, which its schedule decides if there is one. */
  private ObjectNode scheduled(StripeObject subscription, ObjectNode item) {
    String schedule = subscription.text("schedule");
    if (schedule == null) {
      return item;
    }
    ObjectNode after = item.deepCopy();
    JsonNode phases =
        objects.findAnywhere("subscription_schedule", schedule).orElseThrow().body().path("phases");
    for (JsonNode phase : phases) {
      if (phase.path("start_date").longValue() == Subscriptions.periodEnd(subscription)) {
        JsonNode next = phase.path("items").get(0);
        SubscriptionItems.set(
            after,
            objects.findAnywhere("price", next.path("price").asString()).orElseThrow().body(),
            next.path("quantity").longValue());
      }
    }
    return after;
  }
}
