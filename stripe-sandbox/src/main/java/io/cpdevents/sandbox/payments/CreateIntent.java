package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
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

  CreateIntent(StripeObjects objects, PaymentIntents intents, AttemptPayment attemptPayment) {
    this.objects = objects;
    this.intents = intents;
    this.attemptPayment = attemptPayment;
  }

  StripeObject handle(StripeRequest request) {
    Params params = request.params();
    long amount = params.requiredInteger("amount");
    String currency = params.requiredText("currency").toLowerCase(Locale.ROOT);
    ObjectNode given = StripeJson.object();
    for (String field : TEXTS) {
      put(given, field, params.text(field));
    }
    put(given, "capture_method", params.oneOf("capture_method", "automatic", "automatic_async"));
    put(given, "customer", customer(request));
    given.putObject("metadata");
    Metadata.merge(params, given);
    for (String type : params.texts("payment_method_types")) {
      if (!type.equals("card")) {
        throw StripeRefusal.invalid(
            null, "payment_method_types", "The sandbox has no payment method type " + type);
      }
    }
    boolean confirm = Boolean.TRUE.equals(params.flag("confirm"));
    TestCard card = card(request);
    params.url("return_url");
    params.refuseOthers();
    Amounts.requireChargeable(amount, currency, "amount");
    StripeObject intent = intents.create(request.account(), amount, currency, given, null);
    if (confirm) {
      confirm(intent, card);
    } else if (card != null) {
      intent.inner().put("card", card.name());
      intent.body().put("status", "requires_confirmation");
      objects.save(intent);
    }
    return intent;
  }

  /** Confirms a locked intent with this card, or with the one that it was created with. */
  void confirm(StripeObject intent, @Nullable TestCard given) {
    String before = intent.innerText("card");
    TestCard card = given == null && before != null ? TestCard.valueOf(before) : given;
    if (card == null) {
      throw StripeRefusal.wrongState(
          "payment_intent_unexpected_state",
          "payment_method",
          "You cannot confirm this PaymentIntent because it's missing a payment method.");
    }
    attemptPayment.handle(new Attempt(intent, card, Payer.UNKNOWN, null, null));
  }

  private @Nullable String customer(StripeRequest request) {
    String customer = request.params().text("customer");
    if (customer != null && objects.find(request.account(), "customer", customer).isEmpty()) {
      throw StripeRefusal.noSuchParameter("customer", customer, "customer");
    }
    return customer;
  }

  /** The card behind {@code payment_method}: a test token, or one that was used before. */
  @Nullable TestCard card(StripeRequest request) {
    String method = request.params().text("payment_method");
    if (method == null) {
      return null;
    }
    String used =
        objects
            .find(request.account(), "payment_method", method)
            .map(found -> found.innerText("card"))
            .orElse(null);
    TestCard card = used == null ? TestCard.ofToken(method) : TestCard.valueOf(used);
    if (card == null) {
      throw StripeRefusal.noSuchParameter("PaymentMethod", method, "payment_method");
    }
    return card;
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
