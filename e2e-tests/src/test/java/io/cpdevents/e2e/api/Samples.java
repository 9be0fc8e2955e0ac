package io.cpdevents.e2e.api;

import io.cpdevents.contracts.ContractsJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes bodies that are valid: from the schema, and from what a field's name says. */
final class Samples {

  private static final JsonMapper JSON = ContractsJson.mapper();
  private static final int DAYS_AHEAD = 60;

  /** What the schema alone cannot tell. */
  private static final Map<String, String> BY_NAME =
      Map.of(
          "timeZone", "America/Toronto",
          "currency", "CAD",
          "locale", "en-CA",
          "password", "a long junk passphrase",
          "newPassword", "another long junk passphrase");

  /** Of two fields of which exactly one must be there, and the schema requires none. */
  private static final Set<String> ONE_OF_TWO = Set.of("percentOff");

  private final Operation operation;
  private final Belongings belongings;
  private final Instant now;

  Samples(Operation operation, Belongings belongings, Instant now) {
    this.operation = operation;
    this.belongings = belongings;
    this.now = now;
  }

  /** A body with what is required. */
  ObjectNode body() {
    return (ObjectNode) value("body", operation.bodySchema());
  }

  /** The same as text; empty when it takes none. */
  String bodyText() {
    return operation.takesJson() ? body().toString() : "";
  }

  /** Something valid for a field. */
  JsonNode value(String name, JsonNode unresolved) {
    JsonNode schema = operation.resolve(unresolved);
    if (name.equals("role")) {
      // What everybody who gives roles may give.
      return JSON.valueToTree("staff");
    }
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(0);
    }
    if (!schema.path("properties").isMissingNode()) {
      return object(schema);
    }
    return switch (type(schema)) {
      case "integer", "number" -> JSON.valueToTree(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> JSON.valueToTree(false);
      case "array" -> {
        ArrayNode array = JSON.createArrayNode();
        array.add(value(name, schema.path("items")));
        yield array;
      }
      case "object" -> JSON.createObjectNode();
      default -> JSON.valueToTree(text(name, schema));
    };
  }

  /** The schema's type; of several the first that is not null. */
  static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (!one.asString("").equals("null")) {
          return one.asString("");
        }
      }
    }
    return type.asString("string");
  }

  private ObjectNode object(JsonNode schema) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    ObjectNode object = JSON.createObjectNode();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (required.contains(property.getKey()) || ONE_OF_TWO.contains(property.getKey())) {
            object.set(property.getKey(), value(property.getKey(), property.getValue()));
          }
        });
    return object;
  }

  private String text(String name, JsonNode schema) {
    String known = BY_NAME.get(name);
    if (known != null) {
      return known;
    }
    if (name.endsWith("Url")) {
      return belongings.pageAtOurs();
    }
    if (operation.path().endsWith("/ownership")) {
      // To another one it would go for good.
      return belongings.ownersAccount();
    }
    return switch (schema.path("format").asString("")) {
      case "uuid" -> belongings.byFieldName(name).orElseGet(() -> UUID.randomUUID().toString());
      case "date-time" -> {
        boolean later = name.toLowerCase(Locale.ROOT).matches(".*(end|close|until).*");
        yield now.plus(DAYS_AHEAD + (later ? 1 : 0), ChronoUnit.DAYS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
      }
      case "date" -> now.plus(DAYS_AHEAD, ChronoUnit.DAYS).toString().substring(0, 10);
      default ->
          name.toLowerCase(Locale.ROOT).contains("email")
              ? "junk." + UUID.randomUUID() + "@example.com"
              : "x".repeat(Math.max(5, schema.path("minLength").asInt(0)));
    };
  }
}
