package io.cpdevents.sandbox.payouts;

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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payouts}: of the platform, or of the account in {@code Stripe-Account}. */
@Component
class PayoutRoutes implements StripeRoutes {
  private static final String PATH = "/v1/payouts";
  private static final int MAX_STATEMENT_DESCRIPTOR_CHARACTERS = 22;

  private final CreatePayout createPayout;
  private final CancelPayout cancelPayout;
  private final ReversePayout reversePayout;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;

  PayoutRoutes(
      CreatePayout createPayout,
      CancelPayout cancelPayout,
      ReversePayout reversePayout,
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events) {
    this.createPayout = createPayout;
    this.cancelPayout = cancelPayout;
    this.reversePayout = reversePayout;
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
        StripeRoute.post(PATH + "/{id}/cancel", this::cancel),
        StripeRoute.post(PATH + "/{id}/reverse", this::reverse));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    params.oneOf("source_type", "card");
    CreatePayout.Wanted wanted =
        new CreatePayout.Wanted(
            request.account(),
            params.requiredInteger("amount"),
            Prices.currency(params),
            params.text("destination"),
            "instant".equals(params.oneOf("method", "standard", "instant")),
            params.text("description"),
            statementDescriptor(params),
            Metadata.of(params));
    params.refuseOthers();
    return views.show(createPayout.handle(wanted));
  }

  private static @Nullable String statementDescriptor(Params params) {
    String name = "statement_descriptor";
    String text = params.text(name);
    if (text != null && text.length() > MAX_STATEMENT_DESCRIPTOR_CHARACTERS) {
      throw StripeRefusal.invalid(
          null,
          name,
          "The statement descriptor must be at most %d characters."
              .formatted(MAX_STATEMENT_DESCRIPTOR_CHARACTERS));
    }
    return text;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), Payouts.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> Payouts.noSuch(request.id()));
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(Payouts.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> Payouts.noSuch(request.id()));
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject payout = lock(request);
    ObjectNode before = payout.body().deepCopy();
    Metadata.merge(request.params(), payout.body());
    request.params().refuseOthers();
    objects.save(payout);
    events.recordChange("payout.updated", payout, before);
    return views.show(payout);
  }

  private ObjectNode cancel(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject payout = lock(request);
    cancelPayout.handle(payout);
    return views.show(payout);
  }

  private ObjectNode reverse(StripeRequest request) {
    ObjectNode metadata = Metadata.of(request.params());
    request.params().refuseOthers();
    return views.show(reversePayout.handle(lock(request), metadata));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), Payouts.KIND)
            .with("destination", params.text("destination"))
            .with(
                "status",
                params.oneOf(
                    "status",
                    Payouts.PENDING,
                    Payouts.IN_TRANSIT,
                    Payouts.PAID,
                    Payouts.FAILED,
                    Payouts.CANCELED));
    Lists.readRange(
        params, "arrival_date", (operator, time) -> query.withTime("arrival_date", operator, time));
    return lists.answer(request, PATH, query);
  }
}
