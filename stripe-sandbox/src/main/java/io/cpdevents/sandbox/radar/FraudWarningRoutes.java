package io.cpdevents.sandbox.radar;

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

/** {@code /v1/radar/early_fraud_warnings}. */
@Component
class FraudWarningRoutes implements StripeRoutes {
  private static final String PATH = "/v1/radar/early_fraud_warnings";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;

  FraudWarningRoutes(StripeObjects objects, ObjectViews views, Lists lists) {
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
        .find(request.account(), FraudWarnings.KIND, request.id())
        .map(views::show)
        .orElseThrow(
            () -> StripeRefusal.noSuch("early_fraud_warning", request.id(), "early_fraud_warning"));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), FraudWarnings.KIND)
            .with("charge", params.text("charge"))
            .with("payment_intent", params.text("payment_intent")));
  }
}
