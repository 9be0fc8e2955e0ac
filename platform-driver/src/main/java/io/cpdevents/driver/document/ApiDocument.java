package io.cpdevents.driver.document;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.cpdevents.contracts.ContractsJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.1 document by whose schemas JSON can be checked. For the check, objects are closed:
 * a field that the document does not name is wrong.
 */
final class ApiDocument {

  /**
   * An operation.
   *
   * @param node what the document says of it
   */
  record Operation(String method, String template, Pattern path, JsonNode node) {

    /** Its name for messages. */
    String name() {
      return method + " " + template;
    }

    /** How many of its segments are parameters; the operation with fewer is meant. */
    int parameters() {
      return template.split("\\{", -1).length - 1;
    }
  }

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode closedSchemas;
  private final List<Operation> operations = new ArrayList<>();

  ApiDocument(JsonNode document) {
    ObjectNode schemas = (ObjectNode) document.path("components").path("schemas").deepCopy();
    Set<String> parts = new HashSet<>();
    collectParts(document, parts);
    schemas.properties().forEach(each -> close(each.getValue(), parts.contains(each.getKey())));
    this.closedSchemas = schemas;
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (METHODS.contains(operation.getKey())) {
                    operations.add(
                        new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            Pattern.compile(path.getKey().replaceAll("\\{[^}]+}", "[^/]+")),
                            operation.getValue()));
                  }
                }));
  }

  /** All operations. */
  List<Operation> operations() {
    return operations;
  }

  /** The operation of a request; HEAD is answered as GET is. */
  Optional<Operation> operation(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    return operations.stream()
        .filter(each -> each.method().equals(asked))
        .filter(each -> each.path().matcher(path).matches())
        .min(Comparator.comparingInt(Operation::parameters));
  }

  /** What is wrong with JSON by a schema of this document; empty when nothing is. */
  List<String> faults(JsonNode schema, JsonNode json) {
    ObjectNode root = (ObjectNode) schema.deepCopy();
    close(root, false);
    root.putObject("components").set("schemas", closedSchemas);
    Schema compiled = REGISTRY.getSchema(root);
    return compiled.validate(json).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  /** The names of schemas that are parts of others: closing them would refuse the other parts. */
  private static void collectParts(JsonNode node, Set<String> parts) {
    for (JsonNode part : node.path("allOf")) {
      String reference = part.path("$ref").asString("");
      if (!reference.isEmpty()) {
        parts.add(reference.substring(reference.lastIndexOf('/') + 1));
      }
    }
    node.forEach(child -> collectParts(child, parts));
  }

  private static void close(JsonNode schema, boolean isPart) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    if ("email".equals(object.path("format").asString(""))) {
      // The validator knows the top-level domains of the Internet; addresses may have others.
      object.remove("format");
    }
    if (object.path("allOf") instanceof ArrayNode parts) {
      parts.forEach(part -> close(part, true));
      object.put("unevaluatedProperties", false);
    }
    object.path("anyOf").forEach(part -> close(part, false));
    object.path("oneOf").forEach(part -> close(part, false));
    object.path("properties").forEach(property -> close(property, false));
    close(object.path("items"), false);
    close(object.path("additionalProperties"), false);
    if (object.has("properties") && !object.has("additionalProperties") && !isPart) {
      object.put("additionalProperties", false);
    }
    if (object.path("type") instanceof ArrayNode types) {
      chooseType(object, types);
    }
  }

  /** The validator cannot read a limit beside several types, so each gets a schema of its own. */
  private static void chooseType(ObjectNode schema, ArrayNode types) {
    ObjectNode whole = schema.deepCopy();
    schema.removeAll();
    ArrayNode choices = schema.putArray("anyOf");
    for (JsonNode type : types) {
      choices.add(whole.deepCopy().set("type", type));
    }
  }

  /** The document as the gateway serves it. */
  static ApiDocument read(String json) {
    return new ApiDocument(ContractsJson.mapper().readTree(json));
  }
}
