package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscription_items}: the one item of each subscription. */
@Component
class SubscriptionItemRoutes implements StripeRoutes {
  private static final String PATH = "/v1/subscription_items";
  private static final String KIND = "subscription_item";
  private static final String SUBSCRIPTION = "subscription";

  private final Subscriptions subscriptions;
  private final ReadPriceChange readPriceChange;
  private final ChangePrice changePrice;
  private final StripeObjects objects;
  private final Events events;

  SubscriptionItemRoutes(
      Subscriptions subscriptions,
      ReadPriceChange readPriceChange,
      ChangePrice changePrice,
      StripeObjects objects,
      Events events) {
    this.subscriptions = subscriptions;
    this.readPriceChange = readPriceChange;
    this.changePrice = changePrice;
    this.objects = objects;
    this.events = events;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    StripeObject subscription =
        subscriptions.named(request.account(), params.requiredText(SUBSCRIPTION));
    // There is one: whatever page is asked for is all.
    params.integer("limit");
    params.refuseOthers();
    ObjectNode list = StripeJson.object();
    list.put("object", "list");
    list.withArrayProperty("data").add(SubscriptionItems.of(subscription).deepCopy());
    list.put("has_more", false);
    list.put("url", PATH);
    return list;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return SubscriptionItems.of(of(request)).deepCopy();
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject subscription = subscriptions.lock(request.account(), of(request).id());
    if (Subscriptions.isOver(subscription)) {
      throw noSuch(request);
    }
    ObjectNode before = subscription.body().deepCopy();
    Params params = request.params();
    PaymentBehavior behavior = PaymentBehavior.read(params);
    PriceChange change = readPriceChange.ofItem(params, subscription);
    ObjectNode item = SubscriptionItems.of(subscription);
    Metadata.merge(params, item);
    params.refuseOthers();
    if (change != null) {
      changePrice.handle(subscription, change, behavior);
    }
    objects.save(subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
    return SubscriptionItems.of(subscription).deepCopy();
  }

  /** The subscription whose item it is. */
  private StripeObject of(StripeRequest request) {
    return objects
        .list(
            ObjectQuery.of(request.account(), Subscriptions.KIND)
                .withFact(SubscriptionItems.FACT, request.id()),
            null,
            null,
            1)
        .stream()
        .findFirst()
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch(KIND, request.id(), "item");
  }
}
