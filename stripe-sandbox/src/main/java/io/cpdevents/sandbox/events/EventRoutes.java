package io.cpdevents.sandbox.events;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.webhooks.Deliveries;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/events}. */
@Component
class EventRoutes implements StripeRoutes {
  private static final String PATH = "/v1/events";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Deliveries deliveries;

  EventRoutes(StripeObjects objects, ObjectViews views, Lists lists, Deliveries deliveries) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.deliveries = deliveries;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(StripeRoute.get(PATH, this::list), StripeRoute.get(PATH + "/{id}", this::show));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), "event", request.id())
        .map(views::show)
        .map(this::withPendingWebhooks)
        .orElseThrow(() -> StripeRefusal.noSuch("event", request.id(), "id"));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), "event")
            .with("type", params.text("type"))
            .withAny("type", params.texts("types"));
    Boolean delivered = params.flag("delivery_success");
    if (delivered != null) {
      String open =
          """
          EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = o.id
            GROUP BY d.endpoint HAVING bool_and(d.status <> 'succeeded'))
          """;
      query.where(delivered ? "NOT " + open : open);
    }
    ObjectNode list = lists.answer(request, PATH, query);
    withPendingWebhooks(list.get("data").valueStream().map(ObjectNode.class::cast).toList());
    return list;
  }

  private ObjectNode withPendingWebhooks(ObjectNode event) {
    withPendingWebhooks(List.of(event));
    return event;
  }

  /** Shows events with the number of endpoints that have not accepted them yet. */
  private void withPendingWebhooks(List<ObjectNode> events) {
    Map<String, Integer> undelivered =
        deliveries.undelivered(events.stream().map(EventRoutes::id).toList());
    events.forEach(event -> event.put("pending_webhooks", undelivered.getOrDefault(id(event), 0)));
  }

  private static String id(ObjectNode event) {
    return event.get("id").asString();
  }
}
