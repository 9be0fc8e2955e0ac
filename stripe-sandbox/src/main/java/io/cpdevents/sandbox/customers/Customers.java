package io.cpdevents.sandbox.customers;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates customers and finds those that other objects refer to. */
@Component
public class Customers {
  static final String KIND = "customer";

  /** Another kind than that of deleted customers, of which only the id is left. */
  private static final String DELETED = "deleted";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  Customers(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** Creates a customer; the caller fills in and records the rest. */
  public StripeObject create(String account, Consumer<ObjectNode> rest) {
    StripeObject customer =
        StripeObject.shaped(account, KIND, StripeIds.next("cus"), clock.epochSecond());
    rest.accept(customer.body());
    customer
        .body()
        .put(
            "invoice_prefix",
            customer.id().substring("cus_".length(), "cus_".length() + 8).toUpperCase(Locale.ROOT));
    objects.add(customer);
    events.record("customer.created", customer);
    return customer;
  }

  /** Refuses a parameter that refers to a customer who does not exist. */
  public void require(String account, String id, String param) {
    if (objects.find(account, KIND, id).filter(Customers::exists).isEmpty()) {
      throw StripeRefusal.noSuchParameter(KIND, id, param);
    }
  }

  /** The payment method that pays the customer's invoices; null when there is none. */
  public static @Nullable String defaultMethod(StripeObject customer) {
    String method =
        StripeJson.text(customer.body().path("invoice_settings"), "default_payment_method");
    return method == null ? customer.text("default_source") : method;
  }

  static boolean exists(StripeObject customer) {
    return !customer.body().path(DELETED).asBoolean(false);
  }

  /** The answer for a customer who was deleted. */
  static void strip(ObjectNode customer) {
    customer.retain("id", "object");
    customer.put(DELETED, true);
  }
}
