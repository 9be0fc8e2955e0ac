package io.cpdevents.sandbox.customers;

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
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}. */
@Component
class CustomerRoutes implements StripeRoutes {
  private static final String PATH = "/v1/customers";
  private static final List<String> TEXTS = List.of("name", "email", "phone", "description");
  private static final List<String> ADDRESS =
      List.of("city", "country", "line1", "line2", "postal_code", "state");

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final SandboxClock clock;

  CustomerRoutes(
      StripeObjects objects, ObjectViews views, Lists lists, Events events, SandboxClock clock) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update));
  }

  private ObjectNode create(StripeRequest request) {
    StripeObject customer =
        StripeObject.shaped(
            request.account(), "customer", StripeIds.next("cus"), clock.epochSecond());
    write(request.params(), customer.body());
    customer
        .body()
        .put(
            "invoice_prefix",
            customer.id().substring("cus_".length(), "cus_".length() + 8).toUpperCase(Locale.ROOT));
    objects.add(customer);
    events.record("customer.created", customer);
    return views.show(customer);
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject customer =
        objects
            .lock("customer", request.id())
            .filter(found -> found.account().equals(request.account()))
            .orElseThrow(() -> StripeRefusal.noSuch("customer", request.id(), "id"));
    ObjectNode before = customer.body().deepCopy();
    write(request.params(), customer.body());
    objects.save(customer);
    ObjectNode previous = StripeJson.object();
    for (String field : before.propertyNames()) {
      if (!before.get(field).equals(customer.body().get(field))) {
        previous.set(field, before.get(field));
      }
    }
    events.record("customer.updated", customer, previous);
    return views.show(customer);
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), "customer", request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("customer", request.id(), "id"));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), "customer")
            .with("email", request.params().text("email")));
  }

  private static void write(Params params, ObjectNode customer) {
    for (String field : TEXTS) {
      set(customer, field, params.textOrEmpty(field));
    }
    String email = params.textOrEmpty("email");
    if (email != null && !email.isEmpty() && !email.contains("@")) {
      throw StripeRefusal.invalid("email_invalid", "email", "Invalid email address: " + email);
    }
    if (params.has("address")) {
      customer.set("address", address(params));
    }
    if (params.has("preferred_locales")) {
      ArrayNode locales = customer.putArray("preferred_locales");
      params.texts("preferred_locales").forEach(locales::add);
    }
    Metadata.merge(params, customer);
    params.refuseOthers();
  }

  private static JsonNode address(Params params) {
    ObjectNode view = StripeJson.object();
    Params address = params.childOrEmpty("address");
    for (String field : ADDRESS) {
      view.put(field, address.text(field));
    }
    return view;
  }

  private static void set(ObjectNode customer, String field, @Nullable String value) {
    if (value != null) {
      customer.put(field, value.isEmpty() ? null : value);
    }
  }
}
