package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.Addresses;
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

/** {@code /v1/charges}. */
@Component
class ChargeRoutes implements StripeRoutes {
  private static final String PATH = "/v1/charges";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final CreateCharge createCharge;
  private final CaptureCharge captureCharge;

  ChargeRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      CreateCharge createCharge,
      CaptureCharge captureCharge) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.createCharge = createCharge;
    this.captureCharge = captureCharge;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, request -> views.show(createCharge.handle(request))),
        StripeRoute.post(PATH + "/{id}/capture", this::capture),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show));
  }

  private ObjectNode capture(StripeRequest request) {
    Params params = request.params();
    Long amount = params.integer("amount");
    String email = params.text("receipt_email");
    String suffix = params.text("statement_descriptor_suffix");
    params.refuseOthers();
    StripeObject charge = lock(request);
    if (charge.text("payment_intent") != null) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "This charge belongs to the PaymentIntent %s: capture that instead."
              .formatted(charge.text("payment_intent")));
    }
    if (email != null) {
      charge.body().put("receipt_email", email);
    }
    if (suffix != null) {
      charge.body().put("statement_descriptor_suffix", suffix);
    }
    captureCharge.handle(charge, amount, "amount");
    return views.show(charge);
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject charge = lock(request);
    ObjectNode body = charge.body();
    ObjectNode before = body.deepCopy();
    for (String field : List.of("description", "receipt_email", "transfer_group")) {
      String text = params.textOrEmpty(field);
      if (text != null && field.equals("transfer_group") && charge.text(field) != null) {
        throw StripeRefusal.invalid(
            null, field, "transfer_group may only be provided if it has not been set.");
      }
      if (text != null) {
        body.put(field, text.isEmpty() ? null : text);
      }
    }
    ObjectNode shipping = Addresses.shipping(params);
    if (shipping != null) {
      body.set("shipping", shipping);
    }
    Params fraud = params.child("fraud_details");
    String report = fraud == null ? null : fraud.oneOf("user_report", "fraudulent", "safe");
    if (report != null) {
      body.withObjectProperty("fraud_details").put("user_report", report);
    }
    Metadata.merge(params, body);
    params.refuseOthers();
    objects.save(charge);
    events.recordChange("charge.updated", charge, before);
    return views.show(charge);
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(Charges.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("charge", request.id(), "id");
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), Charges.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), Charges.KIND)
            .with("payment_intent", params.text("payment_intent"))
            .with("customer", params.text("customer"))
            .with("transfer_group", params.text("transfer_group")));
  }
}
