package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.customers.Customers;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.PaymentMethodTypes;
import io.cpdevents.sandbox.paymentmethods.PaymentMethods;
import io.cpdevents.sandbox.payments.AttemptPayment.Attempt;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates a payment intent for a payment without a page and, on request, confirms it at once. */
@Component
class CreateIntent {
  private static final List<String> TEXTS =
      List.of(
          "description",
          "receipt_email",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group");

  private final StripeObjects objects;
  private final PaymentIntents intents;
  private final AttemptPayment attemptPayment;
  private final PaymentMethods paymentMethods;
  private final Customers customers;

  CreateIntent(
      StripeObjects objects,
      PaymentIntents intents,
      AttemptPayment attemptPayment,
      PaymentMethods paymentMethods,
      Customers customers) {
    this.objects = objects;
    this.intents = intents;
    this.attemptPayment = attemptPayment;
    this.paymentMethods = paymentMethods;
    this.customers = customers;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    long amount = params.requiredInteger("amount");
    String currency = params.requiredText("currency").toLowerCase(Locale.ROOT);
    ObjectNode given = read(params, currency);
    boolean confirm = Boolean.TRUE.equals(params.flag("confirm"));
    String methodId = params.text("payment_method");
    params.url("return_url");
    params.refuseOthers();
    Amounts.requireChargeable(amount, currency, "amount");
    String customer = StripeJson.text(given, "customer");
    if (customer != null) {
      customers.require(request.account(), customer, "customer");
    }
    StripeObject method =
        methodId == null
            ? null
            : paymentMethods.named(request.account(), methodId, "payment_method");
    StripeObject intent = intents.create(request.account(), amount, currency, given, null);
    if (method != null) {
      paymentMethods.requireUsable(method, customer);
      intent.body().put("payment_method", method.id());
      intent.body().put("status", "requires_confirmation");
      objects.save(intent);
    }
    if (confirm) {
      confirm(intent, null);
    }
    return intent;
  }

  private static ObjectNode read(Params params, String currency) {
    ObjectNode given = StripeJson.object();
    for (String field : TEXTS) {
      put(given, field, params.text(field));
    }
    put(
        given,
        "capture_method",
        params.oneOf("capture_method", "automatic", "automatic_async", "manual"));
    put(given, "confirmation_method", params.oneOf("confirmation_method", "automatic", "manual"));
    put(given, "customer", params.text("customer"));
    put(
        given,
        "setup_future_usage",
        params.oneOf("setup_future_usage", "off_session", "on_session"));
    ObjectNode shipping = Addresses.shipping(params);
    if (shipping != null) {
      given.set("shipping", shipping);
    }
    given.putObject("metadata");
    Metadata.merge(params, given);
    PaymentMethodTypes.read(params, given, "payment_intent", currency);
    return given;
  }

  /**
   * Confirms a locked intent with this payment method, or with the one that it was created with.
   *
   * @param methodId an id or a test token; null for the one that it was created with
   */
  void confirm(StripeObject intent, @Nullable String methodId) {
    String id = methodId == null ? intent.text("payment_method") : methodId;
    if (id == null) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "payment_method",
          "You cannot confirm this PaymentIntent because it's missing a payment method.");
    }
    StripeObject method = paymentMethods.named(intent.account(), id, "payment_method");
    // Only with confirmation_method=manual: the person has passed 3-D Secure and the server
    // confirms.
    boolean authenticated = intent.innerFlag("authenticated");
    intent.inner().remove("authenticated");
    attemptPayment.handle(new Attempt(intent, method, authenticated ? true : null, null));
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
