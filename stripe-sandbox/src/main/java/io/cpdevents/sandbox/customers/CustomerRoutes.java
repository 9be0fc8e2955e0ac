package io.cpdevents.sandbox.customers;

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
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}. */
@Component
class CustomerRoutes implements StripeRoutes {
  private static final String PATH = "/v1/customers";
  private static final List<String> TEXTS = List.of("name", "email", "phone", "description");

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final Customers customers;
  private final DeleteCustomer deleteCustomer;
  private final PaymentMethods paymentMethods;

  CustomerRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      Customers customers,
      DeleteCustomer deleteCustomer,
      PaymentMethods paymentMethods) {
    this.paymentMethods = paymentMethods;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.customers = customers;
    this.deleteCustomer = deleteCustomer;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.delete(PATH + "/{id}", this::delete));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    Params settings = params.childOrEmpty("invoice_settings");
    String method = params.text("payment_method");
    String defaultMethod = settings.text("default_payment_method");
    String source = params.text("source");
    String testClock = params.text("test_clock");
    if (testClock != null
        && objects.find(request.account(), "test_helpers.test_clock", testClock).isEmpty()) {
      throw StripeRefusal.noSuchParameter("testclock", testClock, "test_clock");
    }
    StripeObject customer =
        customers.create(
            request.account(),
            body -> {
              body.put("test_clock", testClock);
              write(params, body);
            });
    if (method != null) {
      String saved = paymentMethods.save(customer, method, "payment_method");
      if (method.equals(defaultMethod)) {
        customer.body().withObjectProperty("invoice_settings").put("default_payment_method", saved);
        defaultMethod = null;
      }
    }
    if (defaultMethod != null) {
      throw noSuchMethod(defaultMethod, settings.full("default_payment_method"));
    }
    if (source != null) {
      // A source is here what takes its place today.
      customer
          .body()
          .put(
              "default_source",
              paymentMethods.save(customer, source.replaceFirst("^tok_", "pm_card_"), "source"));
    }
    return views.show(customer);
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject customer = lock(request);
    ObjectNode before = customer.body().deepCopy();
    readDefaultMethod(request, customer);
    write(request.params(), customer.body());
    objects.save(customer);
    events.recordChange("customer.updated", customer, before);
    return views.show(customer);
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(Customers.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .filter(Customers::exists)
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("customer", request.id(), "id");
  }

  private void readDefaultMethod(StripeRequest request, StripeObject customer) {
    Params settings = request.params().child("invoice_settings");
    String method = settings == null ? null : settings.textOrEmpty("default_payment_method");
    if (settings == null || method == null) {
      return;
    }
    if (!method.isEmpty()
        && objects
            .find(request.account(), "payment_method", method)
            .filter(found -> found.is("customer", customer.id()))
            .isEmpty()) {
      throw noSuchMethod(method, settings.full("default_payment_method"));
    }
    customer
        .body()
        .withObjectProperty("invoice_settings")
        .put("default_payment_method", method.isEmpty() ? null : method);
  }

  private static StripeRefusal noSuchMethod(String method, String param) {
    return StripeRefusal.invalid(
        "resource_missing",
        param,
        "The customer does not have a payment method with the ID %s. The payment method must be attached to the customer."
            .formatted(method));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), Customers.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode delete(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject customer = lock(request);
    deleteCustomer.handle(customer);
    return views.show(customer);
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), Customers.KIND)
            .with("email", request.params().text("email"))
            .where("body ->> 'deleted' IS NULL"));
  }

  private static void write(Params params, ObjectNode customer) {
    for (String field : TEXTS) {
      set(customer, field, params.textOrEmpty(field));
    }
    String email = params.textOrEmpty("email");
    if (email != null && !email.isEmpty() && !email.contains("@")) {
      throw StripeRefusal.invalid("email_invalid", "email", "Invalid email address: " + email);
    }
    Long balance = params.integer("balance");
    if (balance != null) {
      customer.put("balance", balance);
    }
    if (params.has("address")) {
      customer.set("address", Addresses.address(params));
    }
    if (params.has("shipping")) {
      customer.set("shipping", Addresses.shipping(params));
    }
    if (params.has("preferred_locales")) {
      ArrayNode locales = customer.putArray("preferred_locales");
      params.texts("preferred_locales").forEach(locales::add);
    }
    Metadata.merge(params, customer);
    params.refuseOthers();
  }

  private static void set(ObjectNode customer, String field, @Nullable String value) {
    if (value != null) {
      customer.put(field, value.isEmpty() ? null : value);
    }
  }
}
