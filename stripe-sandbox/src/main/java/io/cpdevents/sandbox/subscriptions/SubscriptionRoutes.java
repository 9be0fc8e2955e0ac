package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscriptions}. */
@Component
class SubscriptionRoutes implements StripeRoutes {
  private static final String PATH = "/v1/subscriptions";
  private static final String ALL = "all";
  private static final String CANCELED = "canceled";

  private final CreateSubscription createSubscription;
  private final Subscriptions subscriptions;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final ReadPriceChange readPriceChange;
  private final ChangePrice changePrice;
  private final PendingUpdates pendingUpdates;

  SubscriptionRoutes(
      CreateSubscription createSubscription,
      Subscriptions subscriptions,
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      ReadPriceChange readPriceChange,
      ChangePrice changePrice,
      PendingUpdates pendingUpdates) {
    this.pendingUpdates = pendingUpdates;
    this.readPriceChange = readPriceChange;
    this.changePrice = changePrice;
    this.createSubscription = createSubscription;
    this.subscriptions = subscriptions;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, request -> views.show(createSubscription.handle(request))),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.delete(PATH + "/{id}", this::cancel));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(subscriptions.find(request.account(), request.id()));
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject subscription = lockLive(request);
    ObjectNode before = subscription.body().deepCopy();
    Params params = request.params();
    PaymentBehavior behavior = PaymentBehavior.read(params);
    PriceChange change = readPriceChange.handle(params, subscription);
    String description = params.textOrEmpty("description");
    if (description != null) {
      subscription.body().put("description", description.isEmpty() ? null : description);
    }
    subscriptions.readDefaultMethod(params, subscription);
    subscriptions.readEnd(params, subscription);
    Metadata.merge(params, subscription.body());
    params.refuseOthers();
    if (change != null) {
      changePrice.handle(subscription, change, behavior);
    }
    objects.save(subscription);
    events.recordChange("customer.subscription.updated", subscription, before);
    return views.show(subscription);
  }

  private ObjectNode cancel(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject subscription = lockLive(request);
    pendingUpdates.discard(subscription);
    subscriptions.cancel(subscription);
    return views.show(subscription);
  }

  /** Stripe answers about a canceled subscription as if it were not there. */
  private StripeObject lockLive(StripeRequest request) {
    StripeObject subscription = subscriptions.lock(request.account(), request.id());
    if (Subscriptions.isOver(subscription)) {
      throw StripeRefusal.noSuch(Subscriptions.KIND, request.id(), "id");
    }
    return subscription;
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    String status =
        params.oneOf(
            "status",
            ALL,
            "trialing",
            "active",
            "past_due",
            "paused",
            "incomplete",
            "incomplete_expired",
            CANCELED);
    ObjectQuery query =
        ObjectQuery.of(request.account(), Subscriptions.KIND)
            .with("customer", params.text("customer"));
    if (status == null) {
      query.where("body ->> 'status' <> 'canceled'");
    } else if (!status.equals(ALL)) {
      query.with("status", status);
    }
    return lists.answer(request, PATH, query);
  }
}
