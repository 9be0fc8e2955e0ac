package io.cpdevents.e2e.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The limits of what requests have: the length of a text, unless its format or its values say that;
 * the least, the greatest and the step of a number; the length of a list.
 */
final class Limits {

  private final Operation operation;
  private final Set<String> visited = new HashSet<>();
  private final List<String> lacking = new ArrayList<>();

  private Limits(Operation operation) {
    this.operation = operation;
  }

  /** The fields and parameters of an operation that lack one, each with what it lacks. */
  static List<String> lackingIn(Operation operation) {
    Limits limits = new Limits(operation);
    for (JsonNode parameter : operation.node().path("parameters")) {
      limits.visit(parameter.path("name").asString(""), parameter.path("schema"));
    }
    for (JsonNode content : operation.node().path("requestBody").path("content")) {
      limits.visit("body", content.path("schema"));
    }
    return limits.lacking;
  }

  private void visit(String where, JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      if (visited.add(reference)) {
        visit(where, operation.resolve(schema));
      }
      return;
    }
    for (String parts : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(parts).forEach(part -> visit(where, part));
    }
    Set<String> types = types(schema);
    if (types.contains("string")
        && Stream.of("maxLength", "format", "enum").noneMatch(schema::has)) {
      lacking.add(operation + " " + where + " lacks its maxLength");
    }
    if (types.contains("integer") || types.contains("number")) {
      require(where, schema, "minimum", "maximum");
    }
    if (types.contains("number")) {
      require(where, schema, "multipleOf");
    }
    if (types.contains("array")) {
      require(where, schema, "minItems", "maxItems");
      visit(where + "[]", schema.path("items"));
    }
    schema
        .path("properties")
        .properties()
        .forEach(field -> visit(where + "." + field.getKey(), field.getValue()));
  }

  private void require(String where, JsonNode schema, String... limits) {
    for (String limit : limits) {
      if (!schema.has(limit)) {
        lacking.add(operation + " " + where + " lacks its " + limit);
      }
    }
  }

  private static Set<String> types(JsonNode schema) {
    Set<String> types = new HashSet<>();
    JsonNode type = schema.path("type");
    Stream.concat(Stream.of(type), type.valueStream())
        .forEach(each -> types.add(each.asString("")));
    return types;
  }
}
