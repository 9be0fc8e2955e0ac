package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The types of payment methods that an intent or a session accepts. */
public final class PaymentMethodTypes {
  private static final String TYPES = "payment_method_types";
  private static final String OPTIONS = "payment_method_options";
  private static final List<String> KNOWN = List.of("card", "sepa_debit");

  private PaymentMethodTypes() {}

  /**
   * Reads {@code payment_method_types} into the object; by default it accepts cards.
   *
   * @param kind the kind of the object
   * @param currency of the payment; null without a payment
   */
  public static void read(
      Params params, ObjectNode object, String kind, @Nullable String currency) {
    List<String> types = params.texts(TYPES);
    if (types.isEmpty()) {
      return;
    }
    ArrayNode accepted = object.putArray(TYPES);
    ObjectNode options = (ObjectNode) Shapes.of(kind).get(OPTIONS);
    options.retain(types);
    object.set(OPTIONS, options);
    for (String type : types) {
      if (!KNOWN.contains(type)) {
        throw StripeRefusal.invalid(null, TYPES, "The sandbox has no payment method type " + type);
      }
      if (type.equals("sepa_debit") && currency != null && !currency.equals("eur")) {
        throw StripeRefusal.invalid(
            null,
            TYPES,
            "The currency provided (%s) is invalid for one or more payment methods. sepa_debit supports eur."
                .formatted(currency));
      }
      accepted.add(type);
      if (!options.has(type)) {
        options.putObject(type);
      }
    }
  }

  /** Refuses a payment method of a type that the intent or session does not accept. */
  public static void require(StripeObject taker, TestMethod test) {
    for (JsonNode type : taker.body().get(TYPES)) {
      if (type.asString().equals(test.type())) {
        return;
      }
    }
    throw StripeRefusal.invalid(
        null,
        "payment_method",
        "The PaymentMethod provided (%s) is not allowed for this %s. Please use a PaymentMethod of one of these types: %s."
            .formatted(test.type(), taker.kind(), taker.body().get(TYPES)));
  }
}
