package io.cpdevents.e2e.api;

import io.cpdevents.contracts.ContractsJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body that the documentation's page proposes, as Swagger UI makes it of the document. */
final class Examples {

  private Examples() {}

  /** The example of an operation's body in JSON. */
  static JsonNode of(Operation operation) {
    return of(operation, operation.bodySchema());
  }

  private static JsonNode of(Operation operation, JsonNode schema) {
    JsonNode resolved = operation.resolve(schema);
    if (!resolved.path("examples").isEmpty()) {
      return resolved.path("examples").get(0);
    }
    if (!resolved.path("enum").isEmpty()) {
      return resolved.path("enum").get(0);
    }
    JsonNode types = resolved.path("type");
    String type = types.isArray() ? types.get(0).asString() : types.asString("object");
    return switch (type) {
      case "string" -> ContractsJson.mapper().valueToTree("string");
      case "integer", "number" ->
          ContractsJson.mapper().valueToTree(resolved.path("minimum").asInt(0));
      case "boolean" -> ContractsJson.mapper().valueToTree(true);
      case "array" -> {
        ArrayNode list = ContractsJson.mapper().createArrayNode();
        yield list.add(of(operation, resolved.path("items")));
      }
      default -> {
        ObjectNode object = ContractsJson.mapper().createObjectNode();
        resolved
            .path("properties")
            .properties()
            .forEach(field -> object.set(field.getKey(), of(operation, field.getValue())));
        yield object;
      }
    };
  }
}
