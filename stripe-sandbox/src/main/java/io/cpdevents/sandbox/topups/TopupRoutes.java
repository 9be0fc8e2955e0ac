package io.cpdevents.sandbox.topups;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/topups}. */
@Component
class TopupRoutes implements StripeRoutes {
  private static final String PATH = "/v1/topups";

  private final CreateTopup createTopup;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;

  TopupRoutes(CreateTopup createTopup, StripeObjects objects, ObjectViews views, Lists lists) {
    this.createTopup = createTopup;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
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
    long amount = params.requiredInteger("amount");
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    CreateTopup.Wanted wanted =
        new CreateTopup.Wanted(
            request.account(),
            amount,
            Prices.currency(params),
            params.text("description"),
            params.text("statement_descriptor"),
            params.text("transfer_group"),
            Metadata.of(params));
    params.refuseOthers();
    return views.show(createTopup.handle(wanted));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), CreateTopup.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("topup", request.id(), "id"));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), CreateTopup.KIND)
            .with("status", request.params().text("status")));
  }
}
