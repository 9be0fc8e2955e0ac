package io.cpdevents.driver.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.document.ApiDocument.Operation;
import io.cpdevents.driver.http.Exchange;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a request that was taken with what the document says of its path, query, headers and
 * body: what it forbids should have been refused.
 */
final class RequestCheck {

  private static final String JSON = "application/json";
  private static final String FORM = "multipart/form-data";
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
  private static final Pattern PART =
      Pattern.compile("(?s)name=\"([^\"]*)\"(; *filename=)?.*?\r\n\r\n(.*)\r\n");

  private final ApiDocument document;
  private final Operation operation;
  private final Exchange exchange;
  private final List<String> found = new ArrayList<>();

  private RequestCheck(ApiDocument document, Operation operation, Exchange exchange) {
    this.document = document;
    this.operation = operation;
    this.exchange = exchange;
  }

  /** What the document forbids of a request that was taken; empty when nothing is. */
  static List<String> faults(ApiDocument document, Operation operation, Exchange exchange) {
    RequestCheck check = new RequestCheck(document, operation, exchange);
    check.judgeParameters("path", check.inPath());
    check.judgeParameters("query", check.inQuery());
    check.judgeParameters("header", check.inHeaders());
    check.judgeBody();
    return check.found;
  }

  private void judgeParameters(String place, Map<String, List<String>> given) {
    for (JsonNode parameter : parameters(place)) {
      String name = parameter.path("name").asString("");
      List<String> values = given.getOrDefault(name, List.of());
      if (values.isEmpty() && parameter.path("required").asBoolean(false)) {
        complain("lacks the parameter " + name);
      }
      if (values.size() > 1) {
        complain("has the parameter " + name + " more than once");
      }
      for (String value : values) {
        judge(name, parameter.path("schema"), json(value, parameter.path("schema")));
      }
    }
  }

  private List<JsonNode> parameters(String place) {
    return operation
        .node()
        .path("parameters")
        .valueStream()
        .filter(parameter -> parameter.path("in").asString("").equals(place))
        .toList();
  }

  private Map<String, List<String>> inPath() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    String[] names = operation.template().split("/");
    String[] values = exchange.path().replaceAll("\\?.*", "").split("/");
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        String name = names[i].substring(1, names[i].length() - 1);
        given.put(name, List.of(URLDecoder.decode(values[i], UTF_8)));
      }
    }
    return given;
  }

  /** An empty value counts as left out. */
  private Map<String, List<String>> inQuery() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    int mark = exchange.path().indexOf('?');
    if (mark < 0) {
      return given;
    }
    List<String> known =
        parameters("query").stream().map(each -> each.path("name").asString("")).toList();
    for (String pair : exchange.path().substring(mark + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], UTF_8);
      if (!name.isEmpty() && !known.contains(name)) {
        complain("has the parameter " + name + ", which the document does not name");
      }
      if (parts.length == 2 && !parts[1].isEmpty()) {
        given.computeIfAbsent(name, _ -> new ArrayList<>()).add(URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return given;
  }

  private Map<String, List<String>> inHeaders() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (JsonNode parameter : parameters("header")) {
      String name = parameter.path("name").asString("");
      given.put(name, exchange.headers().allValues(name));
    }
    return given;
  }

  private void judgeBody() {
    JsonNode body = operation.node().path("requestBody");
    if (exchange.body().isEmpty()) {
      if (body.path("required").asBoolean(false)) {
        complain("lacks its body");
      }
      return;
    }
    String type = exchange.headers().firstValue("Content-Type").orElse("");
    // What has no type is taken by webhooks alone, as bytes.
    if (body.isMissingNode() || type.isEmpty()) {
      return;
    }
    String bare = type.replaceAll(";.*", "").strip();
    JsonNode schema = body.path("content").path(bare).path("schema");
    if (schema.isMissingNode()) {
      complain("has a body of the type '" + bare + "', which the document does not name");
    } else if (bare.equals(JSON)) {
      judgeJson(schema);
    } else if (bare.equals(FORM)) {
      judge("form", schema, form(type));
    }
  }

  private void judgeJson(JsonNode schema) {
    try {
      judge("body", schema, ContractsJson.mapper().readTree(exchange.body()));
    } catch (JacksonException broken) {
      complain("its body is no JSON");
    }
  }

  /** The parts of a form as fields; of a file only that it is there. */
  private ObjectNode form(String type) {
    ObjectNode fields = ContractsJson.mapper().createObjectNode();
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      complain("its form has no boundary");
      return fields;
    }
    for (String part : exchange.body().split(Pattern.quote("--" + boundary.group(1)))) {
      Matcher parsed = PART.matcher(part);
      if (parsed.find()) {
        if (fields.has(parsed.group(1))) {
          complain("has the part " + parsed.group(1) + " more than once");
        }
        fields.put(parsed.group(1), parsed.group(2) == null ? parsed.group(3) : "a file");
      }
    }
    return fields;
  }

  private void judge(String what, JsonNode schema, JsonNode value) {
    document.faults(schema, value).forEach(fault -> complain(what + " " + generalized(fault)));
  }

  /** The same fault of many elements is told once. */
  static String generalized(String fault) {
    return fault.replaceAll("/[0-9]+", "/…");
  }

  /** A parameter is text; the schema says what it stands for. */
  private static JsonNode json(String value, JsonNode schema) {
    if (isOf(schema, "integer") && INTEGER.matcher(value).matches()) {
      return ContractsJson.mapper().valueToTree(Long.valueOf(value));
    }
    if (isOf(schema, "boolean") && BOOLEANS.contains(value)) {
      return ContractsJson.mapper().valueToTree(Boolean.valueOf(value));
    }
    return ContractsJson.mapper().valueToTree(value);
  }

  private static boolean isOf(JsonNode schema, String type) {
    return Stream.concat(Stream.of(schema.path("type")), schema.path("type").valueStream())
        .anyMatch(each -> each.asString("").equals(type));
  }

  private void complain(String fault) {
    found.add("the request was taken, but " + fault);
  }
}
