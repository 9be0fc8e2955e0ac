package io.cpdevents.sandbox.transfers;

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
import io.cpdevents.sandbox.products.Prices;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/transfers} and their reversals. */
@Component
class TransferRoutes implements StripeRoutes {
  private static final String PATH = "/v1/transfers";
  private static final String REVERSALS = PATH + "/{id}/reversals";

  private final CreateTransfer createTransfer;
  private final Reversals reversals;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;

  TransferRoutes(
      CreateTransfer createTransfer,
      Reversals reversals,
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events) {
    this.createTransfer = createTransfer;
    this.reversals = reversals;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(REVERSALS, this::reverse),
        StripeRoute.get(REVERSALS, this::listReversals),
        StripeRoute.get(REVERSALS + "/{reversalId}", this::showReversal),
        StripeRoute.post(REVERSALS + "/{reversalId}", this::updateReversal));
  }

  private ObjectNode create(StripeRequest request) {
    request.requirePlatform();
    Params params = request.params();
    Long amount = params.integer("amount");
    if (amount != null && amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    params.oneOf("source_type", "card");
    CreateTransfer.Wanted wanted =
        new CreateTransfer.Wanted(
            params.requiredText("destination"),
            amount,
            Prices.currency(params),
            params.text("description"),
            params.text("source_transaction"),
            params.text("transfer_group"),
            Metadata.of(params));
    params.refuseOthers();
    return views.show(createTransfer.handle(wanted));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(find(request));
  }

  private StripeObject find(StripeRequest request) {
    return objects
        .find(request.account(), CreateTransfer.KIND, request.id())
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("transfer", request.id(), "id");
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(CreateTransfer.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject transfer = lock(request);
    ObjectNode before = transfer.body().deepCopy();
    String description = params.textOrEmpty("description");
    if (description != null) {
      transfer.body().put("description", description.isEmpty() ? null : description);
    }
    Metadata.merge(params, transfer.body());
    params.refuseOthers();
    objects.save(transfer);
    events.recordChange("transfer.updated", transfer, before);
    return views.show(transfer);
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), CreateTransfer.KIND)
            .with("destination", params.text("destination"))
            .with("transfer_group", params.text("transfer_group")));
  }

  private ObjectNode reverse(StripeRequest request) {
    Params params = request.params();
    Long amount = params.integer("amount");
    String description = params.text("description");
    ObjectNode metadata = Metadata.of(params);
    params.refuseOthers();
    return views.show(reversals.create(lock(request), amount, description, metadata));
  }

  private ObjectNode listReversals(StripeRequest request) {
    StripeObject transfer = find(request);
    return lists.answer(
        request,
        Reversals.path(transfer.id()),
        ObjectQuery.of(request.account(), Reversals.KIND).with("transfer", transfer.id()));
  }

  private ObjectNode showReversal(StripeRequest request) {
    request.params().refuseOthers();
    String id = request.pathVariable("reversalId");
    return objects
        .find(request.account(), Reversals.KIND, id)
        .filter(found -> found.is("transfer", request.id()))
        .map(views::show)
        .orElseThrow(() -> noSuchReversal(id));
  }

  private ObjectNode updateReversal(StripeRequest request) {
    StripeObject transfer = lock(request);
    String id = request.pathVariable("reversalId");
    StripeObject reversal =
        objects
            .lock(Reversals.KIND, id)
            .filter(found -> found.is("transfer", transfer.id()))
            .orElseThrow(() -> noSuchReversal(id));
    Metadata.merge(request.params(), reversal.body());
    request.params().refuseOthers();
    reversals.update(transfer, reversal);
    return views.show(reversal);
  }

  private static StripeRefusal noSuchReversal(String id) {
    return StripeRefusal.noSuch("transfer reversal", id, "id");
  }
}
