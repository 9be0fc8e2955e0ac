package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.Lists;
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
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_intents} and {@code /v1/charges}. */
@Component
class PaymentRoutes implements StripeRoutes {
  private static final String INTENTS = "/v1/payment_intents";
  private static final String CHARGES = "/v1/charges";
  private static final Set<String> UNPAID =
      Set.of("requires_payment_method", "requires_confirmation", "requires_action");

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final PaymentIntents intents;
  private final CreateIntent createIntent;

  PaymentRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      PaymentIntents intents,
      CreateIntent createIntent) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.intents = intents;
    this.createIntent = createIntent;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(INTENTS, request -> views.show(createIntent.handle(request))),
        StripeRoute.post(INTENTS + "/{id}/confirm", this::confirmIntent),
        StripeRoute.get(INTENTS, this::listIntents),
        StripeRoute.get(INTENTS + "/{id}", this::showIntent),
        StripeRoute.post(INTENTS + "/{id}/cancel", this::cancelIntent),
        StripeRoute.get(CHARGES, this::listCharges),
        StripeRoute.get(CHARGES + "/{id}", this::showCharge));
  }

  private ObjectNode showIntent(StripeRequest request) {
    // A page in a browser may send the client secret; the API key is enough here.
    request.params().text("client_secret");
    request.params().refuseOthers();
    return objects
        .find(request.account(), "payment_intent", request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("payment_intent", request.id(), "intent"));
  }

  private ObjectNode listIntents(StripeRequest request) {
    return lists.answer(
        request,
        INTENTS,
        ObjectQuery.of(request.account(), "payment_intent")
            .with("customer", request.params().text("customer")));
  }

  private StripeObject lockIntent(StripeRequest request) {
    return objects
        .lock("payment_intent", request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> StripeRefusal.noSuch("payment_intent", request.id(), "intent"));
  }

  private ObjectNode confirmIntent(StripeRequest request) {
    TestCard card = createIntent.card(request);
    request.params().url("return_url");
    request.params().refuseOthers();
    StripeObject intent = lockIntent(request);
    boolean ofCheckout = intent.innerText("checkout_session") != null;
    if (ofCheckout || !UNPAID.contains(intent.requiredText("status"))) {
      throw StripeRefusal.wrongState(
              "payment_intent_unexpected_state",
              null,
              "You cannot confirm this PaymentIntent because it has a status of %s."
                  .formatted(intent.text("status")))
          .with("payment_intent", intent.body().deepCopy());
    }
    createIntent.confirm(intent, card);
    return views.show(intent);
  }

  private ObjectNode cancelIntent(StripeRequest request) {
    Params params = request.params();
    String reason =
        params.oneOf(
            "cancellation_reason", "abandoned", "duplicate", "fraudulent", "requested_by_customer");
    params.refuseOthers();
    StripeObject intent = lockIntent(request);
    if (intent.innerText("checkout_session") != null) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "intent",
          "You cannot cancel the PaymentIntent of a Checkout Session. Expire the Checkout Session"
              + " instead.");
    }
    if (!UNPAID.contains(intent.requiredText("status"))) {
      throw StripeRefusal.wrongState(
              "payment_intent_unexpected_state",
              null,
              "You cannot cancel this PaymentIntent because it has a status of %s."
                  .formatted(intent.text("status")))
          .with("payment_intent", intent.body().deepCopy());
    }
    intents.cancel(intent, reason);
    return views.show(intent);
  }

  private ObjectNode showCharge(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), "charge", request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("charge", request.id(), "id"));
  }

  private ObjectNode listCharges(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        CHARGES,
        ObjectQuery.of(request.account(), "charge")
            .with("payment_intent", params.text("payment_intent"))
            .with("customer", params.text("customer"))
            .with("transfer_group", params.text("transfer_group")));
  }
}
