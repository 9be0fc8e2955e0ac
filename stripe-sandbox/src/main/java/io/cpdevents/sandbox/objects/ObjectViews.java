package io.cpdevents.sandbox.objects;

import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects as an answer shows them: with values that depend on the time, and with expansions. */
@Component
public class ObjectViews {
  /** Stripe refuses to expand deeper. */
  private static final int MAX_EXPANSION_DEPTH = 4;

  private static final int MAX_INCLUDED_ELEMENTS = 10;

  /** Lists that are shown only when the caller expands them. */
  private static final Set<String> INCLUDED_LISTS = Set.of("line_items", "refunds");

  /** The fields of each kind that may be expanded. */
  private static final Map<String, Set<String>> EXPANDABLE =
      Map.of(
          "checkout.session", Set.of("customer", "payment_intent", "line_items"),
          "payment_intent", Set.of("customer", "latest_charge", "payment_method"),
          "charge",
              Set.of(
                  "customer",
                  "payment_intent",
                  "balance_transaction",
                  "failure_balance_transaction",
                  "refunds"),
          "refund",
              Set.of(
                  "charge", "payment_intent", "balance_transaction", "failure_balance_transaction"),
          "balance_transaction", Set.of("source"),
          "payment_method", Set.of("customer"));

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
      expand(account, answer, steps, path);
    }
  }

  private void expand(String account, ObjectNode node, List<String> steps, String path) {
    if (steps.isEmpty()) {
      return;
    }
    String field = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    if (node.path("object").asString("").equals("list")) {
      if (!field.equals("data")) {
        throw CannotExpand.because(path);
      }
      for (JsonNode element : (ArrayNode) node.get("data")) {
        expand(account, (ObjectNode) element, rest, path);
      }
      return;
    }
    if (!EXPANDABLE.getOrDefault(node.path("object").asString(""), Set.of()).contains(field)) {
      throw CannotExpand.because(path);
    }
    JsonNode value = node.get(field);
    if (value == null && !INCLUDED_LISTS.contains(field)) {
      // Stripe leaves a field out as long as it has no value, such as the failure of a refund.
      return;
    }
    if (value == null) {
      value = include(account, node, field);
      node.set(field, value);
    } else if (value.isString()) {
      value =
          objects
              .find(account, value.stringValue())
              .map(this::show)
              .map(JsonNode.class::cast)
              .orElse(value);
      node.set(field, value);
    }
    if (value instanceof ObjectNode inside) {
      expand(account, inside, rest, path);
    }
  }

  /** A list that is shown only when the caller expands it. */
  private ObjectNode include(String account, ObjectNode owner, String field) {
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
      default -> throw CannotExpand.because(field);
    };
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
