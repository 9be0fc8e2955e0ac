package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in charges and the payment methods that made them. */
final class Charges {
  private static final int RISK_SCORE = 20;

  private Charges() {}

  /** A pending charge of the intent's amount. */
  static StripeObject shape(
      StripeObject intent, StripeObject method, TestCard card, Payer payer, SandboxClock clock) {
    StripeObject charge =
        StripeObject.shaped(intent.account(), "charge", StripeIds.next("ch"), clock.epochSecond());
    ObjectNode body = charge.body();
    for (String field :
        new String[] {
          "amount",
          "currency",
          "customer",
          "description",
          "metadata",
          "receipt_email",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_group"
        }) {
      JsonNode value = intent.body().get(field);
      body.set(field, value.deepCopy());
    }
    body.put("payment_intent", intent.id());
    body.put("payment_method", method.id());
    body.set("billing_details", method.body().get("billing_details").deepCopy());
    ObjectNode details = body.putObject("payment_method_details");
    details.put("type", "card");
    ObjectNode cardDetails = details.putObject("card");
    for (String field :
        new String[] {
          "brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4"
        }) {
      cardDetails.set(field, method.body().get("card").get(field).deepCopy());
    }
    cardDetails.put("network", card.brand());
    cardDetails.put("amount_authorized", intent.number("amount"));
    cardDetails.putNull("three_d_secure");
    cardDetails.putNull("wallet");
    charge.inner().put("card", card.name());
    if (payer.email() != null && body.get("receipt_email").isNull()) {
      charge.inner().put("email", payer.email());
    }
    return charge;
  }

  static void describe(StripeObject method, TestCard card, Payer payer) {
    ObjectNode cardDetails = (ObjectNode) method.body().get("card");
    cardDetails.put("brand", card.brand());
    cardDetails.put("display_brand", card.brand());
    cardDetails.put("country", "US");
    cardDetails.put("fingerprint", "Fp" + card.name().replace("_", "") + card.last4());
    cardDetails.put("last4", card.last4());
    ((ObjectNode) cardDetails.get("networks")).putArray("available").add(card.brand());
    ObjectNode billing = (ObjectNode) method.body().get("billing_details");
    billing.put("email", payer.email());
    billing.put("name", payer.name());
    method.inner().put("card", card.name());
  }

  static void succeed(StripeObject charge) {
    ObjectNode body = charge.body();
    body.put("status", "succeeded");
    body.put("paid", true);
    body.put("captured", true);
    body.put("amount_captured", charge.number("amount"));
    outcome(body, "authorized", "approved_by_network", null, "Payment complete.");
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
