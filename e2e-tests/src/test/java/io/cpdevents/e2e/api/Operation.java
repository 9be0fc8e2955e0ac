package io.cpdevents.e2e.api;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One method of one path, as a service's OpenAPI document has it.
 *
 * @param path with its ids in braces
 * @param node what the document says of it
 * @param schemas the document's schemas
 */
record Operation(String method, String path, JsonNode node, JsonNode schemas) {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String MULTIPART = "multipart/form-data";
  private static final String BOUNDARY = "end-of-part";
  private static final String FORM =
      """
      --end-of-part
      Content-Disposition: form-data; name="purpose"

      receipt
      --end-of-part
      Content-Disposition: form-data; name="file"; filename="a.pdf"
      Content-Type: application/pdf

      %PDF-1.4
      --end-of-part--
      """
          .replace("\n", "\r\n");
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Pattern ID = Pattern.compile("([^/]+)/\\{[^}]+}");

  /** All of all services. */
  static List<Operation> all(Api api) {
    List<Operation> operations = new ArrayList<>();
    JsonNode document = api.get("/v3/api-docs").expect(200).json();
    JsonNode schemas = document.path("components").path("schemas");
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
                            operation.getValue(),
                            schemas));
                  }
                }));
    return operations;
  }

  /** {@code public}, {@code account}, {@code organization} or {@code platform}. */
  String access() {
    return node.path("x-access").asString("");
  }

  /** The roles that do. */
  List<String> roles() {
    List<String> roles = new ArrayList<>();
    node.path("x-roles").forEach(role -> roles.add(role.asString()));
    return roles;
  }

  /** Whether a program may call it with an API key that has one of the roles. */
  boolean takesApiKeys() {
    return node.path("x-api-keys").asBoolean(false);
  }

  /** The names of the collections whose ids are in the path, in their order. */
  List<String> collections() {
    return ID.matcher(path).results().map(id -> id.group(1)).toList();
  }

  /** The path with an id for each of its collections. */
  String pathWith(Function<String, String> idOf) {
    Matcher ids = ID.matcher(path);
    return ids.replaceAll(
        id -> Matcher.quoteReplacement(id.group(1) + "/" + idOf.apply(id.group(1))));
  }

  /** The names of the parameters of the query. */
  List<JsonNode> queryParameters() {
    List<JsonNode> parameters = new ArrayList<>();
    node.path("parameters")
        .forEach(parameter -> {
          if (parameter.path("in").asString("").equals("query")) {
            parameters.add(parameter);
          }
        });
    return parameters;
  }

  /** Whether it is refused without an {@code Idempotency-Key}. */
  boolean needsIdempotencyKey() {
    for (JsonNode parameter : node.path("parameters")) {
      if (parameter.path("name").asString("").equals(IDEMPOTENCY_KEY)
          && parameter.path("required").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }

  /** The same caller with what the operation wants in each request. */
  Api prepared(Api api) {
    return needsIdempotencyKey() ? api.with(IDEMPOTENCY_KEY, UUID.randomUUID().toString()) : api;
  }

  /** Whether it is refused without a body. */
  boolean needsBody() {
    return node.path("requestBody").path("required").asBoolean(false);
  }

  /**
   * How much it takes away from those that come after it: first those that take nothing, then
   * cancellations and what is there after them only, then what deletes, and last what ends the
   * organization.
   */
  int destruction() {
    if (method.equals("DELETE")) {
      return path.endsWith("/organizations/{organizationId}") ? 4 : 3;
    }
    if (!path.endsWith("/cancellation")) {
      return 0;
    }
    return method.equals("POST") ? 1 : 2;
  }

  /** The schema of the JSON that it takes; missing when it takes none. */
  JsonNode bodySchema() {
    JsonNode schema =
        node.path("requestBody").path("content").path("application/json").path("schema");
    JsonNode resolved = resolve(schema);
    return resolved.path("type").asString("").equals("object")
            || !resolved.path("properties").isMissingNode()
        ? resolved
        : schemas.path("none");
  }

  /** The responses that are successes and have a body in JSON of something with a version. */
  List<JsonNode> versionedAnswers() {
    return node.path("responses").properties().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .filter(response ->
            !resolve(response.path("content").path("application/json").path("schema"))
                .at("/properties/version")
                .isMissingNode())
        .toList();
  }

  /** Whether its requests may have this header. */
  boolean takesHeader(String name) {
    return node.path("parameters")
        .valueStream()
        .anyMatch(parameter -> parameter.path("name").asString("").equals(name));
  }

  boolean takesJson() {
    return !bodySchema().isMissingNode();
  }

  /** Whether it takes a file. */
  boolean takesFile() {
    return !node.path("requestBody").path("content").path(MULTIPART).isMissingNode();
  }

  /** Sends a small PDF file as a form. */
  Answer upload(Api api, String toPath) {
    return prepared(api)
        .with("Content-Type", MULTIPART + "; boundary=" + BOUNDARY)
        .send(method, toPath, FORM);
  }

  /** The schema itself where there is a reference to it. */
  JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      return resolve(schemas.path(reference.substring(reference.lastIndexOf('/') + 1)));
    }
    JsonNode choices = schema.path("anyOf");
    if (choices.isArray()) {
      // A reference that may be null.
      return resolve(choices.get(0));
    }
    JsonNode parts = schema.path("allOf");
    return parts.isArray() && parts.size() == 1 ? resolve(parts.get(0)) : schema;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
