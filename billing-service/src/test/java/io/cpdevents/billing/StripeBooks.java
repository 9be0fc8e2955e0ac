package io.cpdevents.billing;

import io.cpdevents.platform.test.sandbox.StripeSandbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * All that Stripe has of plans and their money at one moment: read once for all organizations.
 *
 * @param subscriptions by customer, whatever became of them
 * @param invoices by customer
 * @param charges by customer, also those that were declined
 * @param payments that were made, by invoice
 * @param disputes by charge
 */
record StripeBooks(
    Map<String, List<JsonNode>> subscriptions,
    Map<String, List<JsonNode>> invoices,
    Map<String, List<JsonNode>> charges,
    Map<String, List<JsonNode>> payments,
    Map<String, List<JsonNode>> disputes,
    List<JsonNode> refunds,
    List<JsonNode> balanceTransactions) {

  static StripeBooks read(StripeSandbox stripe) {
    return new StripeBooks(
        by("customer", stripe.list("subscriptions?status=all")),
        by("customer", stripe.list("invoices")),
        by("customer", stripe.list("charges")),
        by("invoice", stripe.list("invoice_payments?status=paid")),
        by("charge", stripe.list("disputes")),
        stripe.list("refunds"),
        stripe.list("balance_transactions"));
  }

  /** After these Stripe charges nobody before there is another card. */
  private static final Set<String> HARD_DECLINES =
      Set.of("lost_card", "stolen_card", "pickup_card", "transaction_not_allowed");

  /** Whether Stripe has tried to charge an open invoice, and does not try again as things are. */
  boolean isGivenUp(JsonNode invoice, StripeSandbox sandbox) {
    return invoice.path("status").asString().equals("open")
        && invoice.path("attempt_count").asInt() > 0
        && (invoice.path("next_payment_attempt").isNull() || isHopeless(intent(invoice, sandbox)));
  }

  /** Where an open invoice is authenticated, if its bank asks for that; empty when not. */
  String authenticationUrl(JsonNode invoice, StripeSandbox sandbox) {
    return invoice.path("status").asString().equals("open")
            && invoice.path("attempt_count").asInt() > 0
            && intent(invoice, sandbox).path("status").asString().equals("requires_action")
        ? invoice.path("hosted_invoice_url").asString()
        : "";
  }

  private static JsonNode intent(JsonNode invoice, StripeSandbox sandbox) {
    String id = invoice.path("id").asString();
    String intent =
        sandbox
            .show("invoice_payments?invoice=" + id)
            .at("/data/0/payment/payment_intent")
            .asString("");
    // Nothing was charged where there was no card.
    return intent.isEmpty() ? MissingNode.getInstance() : sandbox.show("payment_intents/" + intent);
  }

  private static boolean isHopeless(JsonNode intent) {
    return intent.path("status").asString().equals("requires_action")
        || HARD_DECLINES.contains(intent.at("/last_payment_error/decline_code").asString(""));
  }

  /** Whether a card of a customer was ever declined for good. */
  boolean wasDeclinedForGood(String customer) {
    return charges.getOrDefault(customer, List.of()).stream()
        .anyMatch(charge -> HARD_DECLINES.contains(charge.at("/outcome/reason").asString("")));
  }

  private static Map<String, List<JsonNode>> by(String field, List<JsonNode> list) {
    return list.stream()
        .collect(Collectors.groupingBy(object -> object.path(field).asString("nobody")));
  }

  /** What was charged: money of ours, whatever became of it later. */
  List<JsonNode> paidCharges() {
    return charges.values().stream()
        .flatMap(List::stream)
        .filter(charge -> charge.path("paid").asBoolean())
        .toList();
  }

  /** The disputes of a customer's charges. */
  List<JsonNode> disputesOf(String customer) {
    return charges.getOrDefault(customer, List.of()).stream()
        .flatMap(charge -> disputes.getOrDefault(charge.path("id").asString(), List.of()).stream())
        .toList();
  }
}
