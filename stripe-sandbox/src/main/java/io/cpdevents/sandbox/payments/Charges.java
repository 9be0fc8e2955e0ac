package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in charges. */
final class Charges {
  static final String KIND = "charge";
  private static final int RISK_SCORE = 20;

  /** The fields that a charge copies from its intent. */
  private static final List<String> OF_INTENT =
      List.of(
          "amount",
          "currency",
          "customer",
          "description",
          "metadata",
          "receipt_email",
          "shipping",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group");

  private Charges() {}

  /** A pending charge of the intent's amount. */
  static StripeObject ofIntent(StripeObject intent, StripeObject method, SandboxClock clock) {
    TestMethod test = TestMethod.of(method);
    StripeObject charge = shape(intent.account(), test, clock);
    ObjectNode body = charge.body();
    for (String field : OF_INTENT) {
      JsonNode value = intent.body().get(field);
      body.set(field, value.deepCopy());
    }
    body.put("payment_intent", intent.id());
    body.put("payment_method", method.id());
    describe(charge, method.body(), test);
    return charge;
  }

  /** A new charge; the id of one from a bank account has another prefix, as at Stripe. */
  static StripeObject shape(String account, TestMethod test, SandboxClock clock) {
    String prefix = test.type().equals("card") ? "ch" : "py";
    StripeObject charge =
        StripeObject.shaped(account, KIND, StripeIds.next(prefix), clock.epochSecond());
    test.storeIn(charge);
    return charge;
  }

  /** Fills in the payment method of a charge, whose amount is set already. */
  static void describe(StripeObject charge, ObjectNode method, TestMethod test) {
    ObjectNode body = charge.body();
    body.set("billing_details", method.get("billing_details").deepCopy());
    ObjectNode details = body.putObject("payment_method_details");
    details.put("type", test.type());
    ObjectNode methodDetails = test.detailsOfCharge(method);
    if (test.type().equals("card")) {
      methodDetails.put("amount_authorized", charge.number("amount"));
    }
    details.set(test.type(), methodDetails);
  }

  static void succeed(StripeObject charge) {
    ObjectNode body = charge.body();
    body.put("captured", true);
    body.put("amount_captured", charge.number("amount"));
    approve(body);
  }

  /** Marks a charge as authorized, to be captured later. */
  static void authorize(StripeObject charge, long captureBefore) {
    approve(charge.body());
    ((ObjectNode) charge.body().get("payment_method_details").get("card"))
        .put("capture_before", captureBefore);
  }

  private static void approve(ObjectNode charge) {
    charge.put("status", "succeeded");
    charge.put("paid", true);
    outcome(charge, "authorized", "approved_by_network", null, "Payment complete.");
  }

  static void fail(StripeObject charge, StripeRefusal why) {
    ObjectNode error = why.error();
    ObjectNode body = charge.body();
    body.put("status", "failed");
    body.put("failure_code", error.get("code").asString());
    body.put("failure_message", error.get("message").asString());
    JsonNode reason = error.get("decline_code");
    outcome(
        body,
        "issuer_declined",
        "declined_by_network",
        reason == null ? error.get("code") : reason,
        "The bank did not return any further details with this decline.");
  }

  private static void outcome(
      ObjectNode charge, String type, String network, @Nullable JsonNode reason, String message) {
    ObjectNode outcome = charge.putObject("outcome");
    outcome.putNull("advice_code");
    outcome.putNull("network_advice_code");
    outcome.putNull("network_decline_code");
    outcome.put("network_status", network);
    outcome.set("reason", reason);
    outcome.put("risk_level", "normal");
    outcome.put("risk_score", RISK_SCORE);
    outcome.put("seller_message", message);
    outcome.put("type", type);
  }
}
