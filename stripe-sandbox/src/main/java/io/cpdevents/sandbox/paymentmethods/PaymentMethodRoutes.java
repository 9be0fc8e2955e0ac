package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_methods} and {@code /v1/customers/{id}/payment_methods}. */
@Component
class PaymentMethodRoutes implements StripeRoutes {
  private static final String PATH = "/v1/payment_methods";
  private static final String OF_CUSTOMER = "/v1/customers/{id}/payment_methods";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final Customers customers;
  private final PaymentMethods paymentMethods;
  private final CreatePaymentMethod createPaymentMethod;

  PaymentMethodRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      Customers customers,
      PaymentMethods paymentMethods,
      CreatePaymentMethod createPaymentMethod) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.customers = customers;
    this.paymentMethods = paymentMethods;
    this.createPaymentMethod = createPaymentMethod;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, request -> views.show(createPaymentMethod.handle(request))),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/attach", this::attach),
        StripeRoute.post(PATH + "/{id}/detach", this::detach),
        StripeRoute.get(
            OF_CUSTOMER,
            request -> list(request, request.id(), OF_CUSTOMER.replace("{id}", request.id()))),
        StripeRoute.get(OF_CUSTOMER + "/{method}", this::showOfCustomer));
  }

  private ObjectNode attach(StripeRequest request) {
    Params params = request.params();
    String customer = params.requiredText("customer");
    params.refuseOthers();
    if (TestCard.ofToken(request.id()) == null) {
      paymentMethods.find(request.account(), request.id());
    }
    StripeObject method = paymentMethods.named(request.account(), request.id(), "payment_method");
    paymentMethods.attach(method, customer);
    return views.show(method);
  }

  private ObjectNode detach(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(paymentMethods.detach(request.account(), request.id()));
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject method =
        objects
            .lock(PaymentMethods.KIND, request.id())
            .filter(found -> found.account().equals(request.account()))
            .orElseThrow(() -> PaymentMethods.noSuch(request.id()));
    if (method.text("customer") == null) {
      throw StripeRefusal.wrongState(
          null, null, "You must save this PaymentMethod to a customer before you can update it.");
    }
    ObjectNode before = method.body().deepCopy();
    Addresses.mergeBilling(params, method.body().withObjectProperty("billing_details"));
    String redisplay = params.oneOf("allow_redisplay", "always", "limited", "unspecified");
    if (redisplay != null) {
      method.body().put("allow_redisplay", redisplay);
    }
    readExpiry(params, method.body());
    Metadata.merge(params, method.body());
    params.refuseOthers();
    objects.save(method);
    events.recordChange("payment_method.updated", method, before);
    return views.show(method);
  }

  private static void readExpiry(Params params, ObjectNode method) {
    Params card = params.child("card");
    if (card == null) {
      return;
    }
    for (String field : List.of("exp_month", "exp_year")) {
      Long value = card.integer(field);
      if (value != null) {
        method.withObjectProperty("card").put(field, value);
      }
    }
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(paymentMethods.find(request.account(), request.id()));
  }

  private ObjectNode showOfCustomer(StripeRequest request) {
    request.params().refuseOthers();
    String id = String.valueOf(request.pathVariables().get("method"));
    StripeObject method = paymentMethods.find(request.account(), id);
    if (!method.is("customer", request.id())) {
      throw PaymentMethods.noSuch(id);
    }
    return views.show(method);
  }

  private ObjectNode list(StripeRequest request) {
    return list(request, request.params().requiredText("customer"), PATH);
  }

  private ObjectNode list(StripeRequest request, String customer, String url) {
    customers.require(request.account(), customer, "customer");
    return lists.answer(
        request,
        url,
        ObjectQuery.of(request.account(), PaymentMethods.KIND)
            .with("customer", customer)
            .with("type", request.params().oneOf("type", "card", "sepa_debit"))
            .with(
                "allow_redisplay",
                request.params().oneOf("allow_redisplay", "always", "limited", "unspecified")));
  }
}
