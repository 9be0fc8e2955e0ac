package io.cpdevents.sandbox.checkout;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/checkout/sessions}. */
@Component
class CheckoutRoutes implements StripeRoutes {
  private static final String PATH = "/v1/checkout/sessions";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final CreateSession createSession;
  private final ExpireSession expireSession;

  CheckoutRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      CreateSession createSession,
      ExpireSession expireSession) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.createSession = createSession;
    this.expireSession = expireSession;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, request -> views.show(createSession.handle(request))),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.get(PATH + "/{id}/line_items", this::lineItems),
        StripeRoute.post(PATH + "/{id}/expire", this::expire));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(session(request));
  }

  private StripeObject session(StripeRequest request) {
    return objects
        .find(request.account(), "checkout.session", request.id())
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("checkout.session", request.id(), "session");
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), "checkout.session")
            .with("payment_intent", params.text("payment_intent"))
            .with("customer", params.text("customer"))
            .with("status", params.oneOf("status", "open", "complete", "expired")));
  }

  private ObjectNode lineItems(StripeRequest request) {
    // All lines fit one page: a session has at most 100.
    request.params().integer("limit");
    request.params().refuseOthers();
    ObjectNode list = StripeJson.object();
    list.put("object", "list");
    list.set("data", session(request).inner().get("line_items"));
    list.put("has_more", false);
    list.put("url", PATH + "/" + request.id() + "/line_items");
    return list;
  }

  private ObjectNode expire(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject session =
        objects
            .lock("checkout.session", request.id())
            .filter(found -> found.account().equals(request.account()))
            .orElseThrow(() -> noSuch(request));
    if (!session.is("status", "open")) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of `%s`.".formatted(session.text("status")));
    }
    expireSession.handle(session);
    return views.show(session);
  }
}
