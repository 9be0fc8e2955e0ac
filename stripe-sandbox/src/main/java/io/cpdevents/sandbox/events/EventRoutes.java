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
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/events}. */
@Component
class EventRoutes implements StripeRoutes {
  private static final String PATH = "/v1/events";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;

  EventRoutes(StripeObjects objects, ObjectViews views, Lists lists) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
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
          "EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.event_id = o.id AND d.state <> 'succeeded')";
      query.where(delivered ? "NOT " + open : open);
    }
    return lists.answer(request, PATH, query);
  }
}
