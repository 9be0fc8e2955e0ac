package io.cpdevents.sandbox.objects;

import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects as an answer shows them: with values that depend on the time, and with expansions. */
@Component
public class ObjectViews {
  /** Stripe refuses to expand deeper. */
  private static final int MAX_EXPANSION_DEPTH = 4;

  private static final int MAX_INCLUDED_ELEMENTS = 10;

  /** What is shown only when the caller expands it. */
  private static final Set<String> INCLUDED =
      Set.of("confirmation_secret", "line_items", "payments", "refunds");

  /** The fields that may be expanded, for each kind and for nested objects. */
  private static final Map<String, Set<String>> EXPANDABLE =
      Map.ofEntries(
          Map.entry("checkout.session", Set.of("customer", "payment_intent", "line_items")),
          Map.entry("payment_intent", Set.of("customer", "latest_charge", "payment_method")),
          Map.entry("setup_intent", Set.of("customer", "payment_method")),
          Map.entry(
              "charge",
              Set.of(
                  "customer",
                  "payment_intent",
                  "balance_transaction",
                  "failure_balance_transaction",
                  "refunds",
                  "source_transfer")),
          Map.entry(
              "refund",
              Set.of(
                  "charge",
                  "payment_intent",
                  "balance_transaction",
                  "failure_balance_transaction",
                  "source_transfer_reversal")),
          Map.entry("dispute", Set.of("charge", "payment_intent", "evidence")),
          Map.entry(
              "dispute.evidence",
              Set.of(
                  "cancellation_policy",
                  "customer_communication",
                  "customer_signature",
                  "duplicate_charge_documentation",
                  "receipt",
                  "refund_policy",
                  "service_documentation",
                  "shipping_documentation",
                  "uncategorized_file")),
          Map.entry("radar.early_fraud_warning", Set.of("charge", "payment_intent")),
          Map.entry("balance_transaction", Set.of("source")),
          Map.entry(
              "transfer",
              Set.of(
                  "balance_transaction",
                  "destination",
                  "destination_payment",
                  "reversals",
                  "source_transaction")),
          Map.entry(
              "transfer_reversal",
              Set.of("balance_transaction", "destination_payment_refund", "transfer")),
          Map.entry(
              "payout",
              Set.of(
                  "balance_transaction",
                  "destination",
                  "failure_balance_transaction",
                  "original_payout",
                  "reversed_by")),
          Map.entry("topup", Set.of("balance_transaction")),
          Map.entry("bank_account", Set.of("account")),
          Map.entry("capability", Set.of("account")),
          Map.entry("account", Set.of("external_accounts")),
          Map.entry("payment_method", Set.of("customer")),
          Map.entry("customer", Set.of("invoice_settings")),
          Map.entry("customer.invoice_settings", Set.of("default_payment_method")),
          Map.entry("price", Set.of("product")),
          Map.entry(
              "subscription",
              Set.of("customer", "default_payment_method", "latest_invoice", "schedule")),
          Map.entry("subscription_schedule", Set.of("customer", "subscription")),
          Map.entry("invoice", Set.of("confirmation_secret", "customer", "payments")),
          Map.entry("invoice_payment", Set.of("invoice", "payment")),
          Map.entry("invoice_payment.payment", Set.of("payment_intent")));

  private final StripeObjects objects;
  private final SandboxClock clock;

  public ObjectViews(StripeObjects objects, SandboxClock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** The object with nothing expanded. */
  public ObjectNode show(StripeObject object) {
    ObjectNode view = object.body().deepCopy();
    if (object.kind().equals("balance_transaction")) {
      boolean available = object.number("available_on") <= clock.epochSecond();
      view.put("status", available ? "available" : "pending");
    }
    return view;
  }

  /** Expands the paths in an answer, which may be an object or a list. */
  public void expand(String account, ObjectNode answer, List<String> paths) {
    for (String path : paths) {
      List<String> steps = List.of(path.split("\\.", -1));
      if (steps.size() > MAX_EXPANSION_DEPTH + 1) {
        throw new CannotExpand(path, "You cannot expand more than 4 levels of a property.");
      }
      expand(account, answer, kindOf(answer), steps, path);
    }
  }

  private static String kindOf(ObjectNode node) {
    return node.path("object").asString("");
  }

  private void expand(
      String account, ObjectNode node, String kind, List<String> steps, String path) {
    if (steps.isEmpty()) {
      return;
    }
    String field = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    if (kind.equals("list")) {
      if (!field.equals("data")) {
        throw CannotExpand.because(path);
      }
      for (JsonNode element : (ArrayNode) node.get("data")) {
        expand(account, (ObjectNode) element, kindOf((ObjectNode) element), rest, path);
      }
      return;
    }
    String inner = kind + "." + field;
    boolean hasKindOfItsOwn = !EXPANDABLE.containsKey(inner);
    if (!EXPANDABLE.getOrDefault(kind, Set.of()).contains(field)
        || (!hasKindOfItsOwn && rest.isEmpty())) {
      throw CannotExpand.because(path);
    }
    JsonNode value = node.get(field);
    if (value == null && !INCLUDED.contains(field)) {
      // Stripe leaves a field out as long as it has no value, such as the failure of a refund.
      return;
    }
    if (value == null) {
      value = include(account, node, field);
      node.set(field, value);
    } else if (value.isString()) {
      value =
          objects
              .findAnywhere(value.stringValue())
              .map(this::show)
              .map(JsonNode.class::cast)
              .orElse(value);
      node.set(field, value);
    }
    if (value instanceof ObjectNode inside) {
      expand(account, inside, hasKindOfItsOwn ? kindOf(inside) : inner, rest, path);
    }
  }

  /** What is shown only when the caller expands it. */
  private JsonNode include(String account, ObjectNode owner, String field) {
    String id = owner.path("id").asString();
    return switch (field) {
      case "line_items" ->
          list(
              "/v1/checkout/sessions/" + id + "/line_items",
              objects
                  .find(account, id)
                  .map(StripeObject::inner)
                  .map(i -> (ArrayNode) i.get("line_items"))
                  .orElseThrow());
      case "refunds" -> {
        ArrayNode refunds = StripeJson.array();
        objects
            .list(
                ObjectQuery.of(account, "refund").with("charge", id),
                null,
                null,
                MAX_INCLUDED_ELEMENTS)
            .forEach(refund -> refunds.add(show(refund)));
        yield list("/v1/charges/" + id + "/refunds", refunds);
      }
      case "payments" -> {
        ArrayNode payments = StripeJson.array();
        objects
            .list(
                ObjectQuery.of(account, "invoice_payment").with("invoice", id),
                null,
                null,
                MAX_INCLUDED_ELEMENTS)
            .forEach(payment -> payments.add(show(payment)));
        yield list("/v1/invoice_payments", payments);
      }
      case "confirmation_secret" ->
          objects
              .find(account, id)
              .map(invoice -> invoice.innerText("payment_intent"))
              .flatMap(intent -> objects.find(account, intent))
              .map(ObjectViews::confirmationSecret)
              .orElse(NullNode.getInstance());
      default -> throw CannotExpand.because(field);
    };
  }

  private static JsonNode confirmationSecret(StripeObject intent) {
    ObjectNode secret = StripeJson.object();
    secret.set("client_secret", intent.body().get("client_secret"));
    secret.put("type", "payment_intent");
    return secret;
  }

  private static ObjectNode list(String url, ArrayNode elements) {
    ObjectNode list = StripeJson.object();
    list.put("object", "list");
    list.set("data", elements);
    list.put("has_more", false);
    list.put("url", url);
    return list;
  }

  /** The caller wants to expand a field that cannot be expanded. */
  public static final class CannotExpand extends RuntimeException {
    private CannotExpand(String path, String message) {
      super(message + " (" + path + ")");
    }

    private static CannotExpand because(String path) {
      return new CannotExpand(path, "This property cannot be expanded");
    }
  }
}
