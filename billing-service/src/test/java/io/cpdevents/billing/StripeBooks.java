package io.cpdevents.billing;

import io.cpdevents.platform.test.sandbox.StripeSandbox;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

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
