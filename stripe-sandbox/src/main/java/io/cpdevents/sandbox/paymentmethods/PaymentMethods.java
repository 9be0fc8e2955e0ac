package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates payment methods, finds them, and checks whether they may be used. */
@Component
public class PaymentMethods {
  static final String KIND = "payment_method";

  /** The inner fact that it was used or detached without a customer, and cannot be used again. */
  private static final String USED = "used";

  private final StripeObjects objects;
  private final Events events;
  private final Customers customers;
  private final SandboxClock clock;

  PaymentMethods(StripeObjects objects, Events events, Customers customers, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.customers = customers;
    this.clock = clock;
  }

  /** A new payment method without a customer. */
  public StripeObject create(String account, TestMethod test) {
    StripeObject method =
        StripeObject.shaped(account, KIND, StripeIds.next("pm"), clock.epochSecond());
    method.body().put("type", test.type());
    test.describe(method.body());
    test.storeIn(method);
    objects.add(method);
    return method;
  }

  /** A new payment method that was entered in a page. */
  public StripeObject create(String account, TestMethod test, Payer payer) {
    StripeObject method = create(account, test);
    method.body().put("allow_redisplay", "limited");
    ObjectNode billing = method.body().withObjectProperty("billing_details");
    billing.put("email", payer.email());
    billing.put("name", payer.name());
    return method;
  }

  /**
   * Locks the payment method that a parameter refers to; a test token such as {@code pm_card_visa}
   * creates a new one each time.
   */
  public StripeObject named(String account, String idOrToken, String param) {
    TestCard card = idOrToken.startsWith("pm_card_") ? TestCard.ofToken(idOrToken) : null;
    if (card != null) {
      return create(account, card);
    }
    return objects
        .lock(KIND, idOrToken)
        .filter(found -> found.account().equals(account))
        .orElseThrow(() -> StripeRefusal.noSuchParameter("PaymentMethod", idOrToken, param));
  }

  /** Refuses a payment method that belongs to another customer or can no longer be used. */
  public void requireUsable(StripeObject method, @Nullable String customer) {
    String owner = method.text("customer");
    if (owner != null && customer == null) {
      throw StripeRefusal.invalid(
          null,
          KIND,
          "The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request.");
    }
    if (owner != null && !owner.equals(customer)) {
      throw StripeRefusal.invalid(
          "resource_missing",
          KIND,
          "The customer does not have a payment method with the ID %s. The payment method must be attached to the customer."
              .formatted(method.id()));
    }
    requireUnused(method);
  }

  private static void requireUnused(StripeObject method) {
    if (method.text("customer") == null && method.innerFlag(USED)) {
      throw StripeRefusal.invalid(
          null,
          KIND,
          "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.");
    }
  }

  /** Marks a payment method as used: without a customer it cannot pay again. */
  public void use(StripeObject method) {
    method.inner().put(USED, true);
    objects.save(method);
  }

  /**
   * The decline of this payment method, by a lever, its expiry or its test card; null when it pays.
   */
  public @Nullable StripeRefusal declineOf(StripeObject method) {
    String code = method.innerText("decline");
    if (code == null && isExpired(method)) {
      return StripeRefusal.card("expired_card", null, "Your card has expired.");
    }
    return code == null
        ? TestMethod.of(method).decline()
        : StripeRefusal.card("card_declined", code, "Your card was declined.");
  }

  /** A card is valid until the end of its month. */
  private boolean isExpired(StripeObject method) {
    if (!method.is("type", "card")) {
      return false;
    }
    JsonNode card = method.body().path("card");
    YearMonth last = YearMonth.of(card.path("exp_year").asInt(), card.path("exp_month").asInt());
    return last.isBefore(YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
  }

  /** Attaches a payment method that this transaction has locked to a customer. */
  public void attach(StripeObject method, String customer) {
    customers.require(method.account(), customer, "customer");
    if (method.text("customer") != null) {
      throw StripeRefusal.wrongState(
          null, null, "The payment method you provided has already been attached to a customer.");
    }
    requireUnused(method);
    StripeRefusal decline = TestMethod.of(method).declineOfSetup();
    if (decline != null) {
      throw decline;
    }
    method.body().put("customer", customer);
    objects.save(method);
    events.record("payment_method.attached", method);
  }

  /**
   * Saves a payment method, or that of a test token, for a new customer.
   *
   * @return its id
   */
  public String save(StripeObject customer, String idOrToken, String param) {
    StripeObject method = named(customer.account(), idOrToken, param);
    attach(method, customer.id());
    return method.id();
  }

  /** Detaches a payment method from its customer, who is locked first. */
  StripeObject detach(String account, String id) {
    String owner = find(account, id).text("customer");
    StripeObject customer = owner == null ? null : objects.lock("customer", owner).orElse(null);
    StripeObject method = objects.lockExisting(KIND, id);
    if (customer == null || !method.is("customer", customer.id())) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "The payment method you provided is not attached to a customer so detachment is impossible.");
    }
    ObjectNode before = method.body().deepCopy();
    method.body().putNull("customer");
    method.inner().put(USED, true);
    objects.save(method);
    events.recordChange("payment_method.detached", method, before);
    forgetDefault(customer, method.id());
    return method;
  }

  StripeObject find(String account, String id) {
    return objects.find(account, KIND, id).orElseThrow(() -> noSuch(id));
  }

  /** The refusal with 404 for an unknown id in a path. */
  static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch("PaymentMethod", id, KIND);
  }

  private void forgetDefault(StripeObject customer, String methodId) {
    ObjectNode before = customer.body().deepCopy();
    ObjectNode invoices = customer.body().withObjectProperty("invoice_settings");
    if (methodId.equals(invoices.path("default_payment_method").asString(""))) {
      invoices.putNull("default_payment_method");
      objects.save(customer);
      events.recordChange("customer.updated", customer, before);
    }
  }
}
