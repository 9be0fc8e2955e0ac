package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/refunds}. */
@Component
class RefundRoutes implements StripeRoutes {
  private static final String PATH = "/v1/refunds";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Refunds refunds;
  private final CreateRefund createRefund;
  private final CancelRefund cancelRefund;

  RefundRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Refunds refunds,
      CreateRefund createRefund,
      CancelRefund cancelRefund) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.refunds = refunds;
    this.createRefund = createRefund;
    this.cancelRefund = cancelRefund;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/cancel", this::cancel));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    String intentId = params.text("payment_intent");
    String chargeId = params.text("charge");
    Long amount = params.integer("amount");
    String reason = params.oneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
    String email = params.text("instructions_email");
    ObjectNode metadata = Metadata.of(params);
    params.refuseOthers();
    if ((intentId == null) == (chargeId == null)) {
      throw StripeRefusal.invalid(
          "parameter_missing",
          "payment_intent",
          "One of the following params should be provided for this request: payment_intent or"
              + " charge.");
    }
    String charge = chargeId != null ? chargeId : chargeOf(request, String.valueOf(intentId));
    return views.show(
        createRefund.handle(
            new CreateRefund.Wanted(request.account(), charge, amount, reason, email, metadata)));
  }

  private String chargeOf(StripeRequest request, String intentId) {
    StripeObject intent =
        objects
            .find(request.account(), "payment_intent", intentId)
            .orElseThrow(
                () -> StripeRefusal.noSuchParameter("payment_intent", intentId, "payment_intent"));
    String charge = intent.text("latest_charge");
    if (charge == null || !intent.is("status", "succeeded")) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "payment_intent",
          "This PaymentIntent (%s) does not have a successful charge to refund."
              .formatted(intentId));
    }
    return charge;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), "refund", request.id())
        .map(views::show)
        .orElseThrow(() -> Refunds.noSuch(request.id()));
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject refund =
        objects
            .lock("refund", request.id())
            .filter(found -> found.account().equals(request.account()))
            .orElseThrow(() -> Refunds.noSuch(request.id()));
    ObjectNode before = refund.body().deepCopy();
    Metadata.merge(request.params(), refund.body());
    request.params().refuseOthers();
    refunds.changed(refund, before);
    return views.show(refund);
  }

  private ObjectNode cancel(StripeRequest request) {
    request.params().refuseOthers();
    if (objects.find(request.account(), Refunds.KIND, request.id()).isEmpty()) {
      throw Refunds.noSuch(request.id());
    }
    return views.show(cancelRefund.byApi(request.id()));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), "refund")
            .with("charge", params.text("charge"))
            .with("payment_intent", params.text("payment_intent")));
  }
}
