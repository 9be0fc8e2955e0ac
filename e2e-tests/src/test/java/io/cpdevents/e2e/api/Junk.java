package io.cpdevents.e2e.api;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that nobody should take. */
final class Junk {

  /**
   * One of them.
   *
   * @param never whether nothing may come of it; else a 2xx is as good as a refusal
   */
  record Body(String what, String text, boolean never) {}

  private static final int TOO_LONG_CHARACTERS = 100_000;
  private static final int DEEP = 20_000;
  private static final int DEEP_FIELDS = 900;

  private final Operation operation;
  private final Samples samples;
  private final List<Body> bodies = new ArrayList<>();

  private Junk(Operation operation, Samples samples) {
    this.operation = operation;
    this.samples = samples;
  }

  /** For an operation that takes JSON: the whole body, then each field by itself. */
  static List<Body> bodies(Operation operation, Samples samples) {
    Junk junk = new Junk(operation, samples);
    junk.whole();
    junk.fields(List.of(), operation.bodySchema());
    return junk.bodies;
  }

  private void whole() {
    ObjectNode valid = samples.body();
    add("as it should be", valid.toString(), false);
    add("no body", "", operation.needsBody());
    add("null", "null", operation.needsBody());
    add("an array", "[]", true);
    add("a number", "42", true);
    add("text", "\"text\"", true);
    add("broken", "{", true);
    add("broken in the middle", valid.toString().replaceFirst("}$", ",}"), true);
    add("not JSON", "name=x&password=y", true);
    add("two values", valid + " {}", true);
    add("nothing in it", "{}", !required(operation.bodySchema()).isEmpty());
    add("deep arrays", "[".repeat(DEEP), true);
    add("deep fields", "{\"a\":".repeat(DEEP_FIELDS) + "1" + "}".repeat(DEEP_FIELDS), true);
    add("a NUL", "\u0000", true);
    add("a byte order mark", "\uFEFF", true);
    valid.put("unknownField", 1);
    add("unknown field", valid.toString(), true);
  }

  private void fields(List<String> path, JsonNode unresolved) {
    JsonNode schema = operation.resolve(unresolved);
    List<String> required = required(schema);
    schema
        .path("properties")
        .properties()
        .forEach(property ->
            field(
                append(path, property.getKey()),
                operation.resolve(property.getValue()),
                required.contains(property.getKey())));
  }

  private void field(List<String> path, JsonNode schema, boolean required) {
    String type = schema.path("properties").isMissingNode() ? Samples.type(schema) : "object";
    String name = String.join(".", path);
    if (required) {
      // A patch keeps what it leaves out, in an object within it too.
      add(name + " missing", with(path, null), !operation.method().equals("PATCH"));
    }
    add(name + " null", with(path, "null"), required);
    boolean free = type.equals("object") && schema.path("properties").isMissingNode();
    if (!type.equals("object")) {
      add(name + " an object", with(path, "{}"), true);
      add(name + " an unknown object", with(path, "{\"a\":{\"b\":1}}"), true);
    }
    if (!type.equals("array")) {
      add(name + " an array", with(path, "[1]"), !free);
    }
    if (!type.equals("string")) {
      add(name + " text", with(path, "\"text\""), !free);
      add(name + " empty", with(path, "\"\""), !free);
    }
    if (!type.equals("boolean")) {
      add(name + " a boolean", with(path, "true"), !free);
    }
    boolean number = type.equals("integer") || type.equals("number");
    if (!number) {
      add(name + " a number", with(path, "7"), !free);
    }
    if (number) {
      for (String value : List.of("-1", "0", "1.5", "1e2", "1E-99999999")) {
        add(name + " " + value, with(path, value), false);
      }
      for (String value : List.of("1e400", "-1e400", "99999999999999999999999", "1E+2147483647")) {
        add(name + " " + value, with(path, value), true);
      }
      add(name + " NaN", with(path, "NaN"), true);
      add(name + " a huge number", with(path, "9".repeat(TOO_LONG_CHARACTERS)), true);
    }
    if (type.equals("string")) {
      texts(name, path, schema);
      typedTexts(name, path, schema, required);
    }
    if (type.equals("array")) {
      add(name + " with null", with(path, "[null]"), true);
      add(name + " empty", with(path, "[]"), schema.path("minItems").asInt(0) > 0);
      add(name + " with 5,000", with(path, "[" + "{},".repeat(5_000) + "{}]"), true);
      JsonNode items = operation.resolve(schema.path("items"));
      if (!items.path("properties").isMissingNode()) {
        fields(append(path, "0"), items);
      }
    }
    if (type.equals("object") && !free) {
      add(name + " with an unknown field", withUnknown(path, schema), true);
      fields(path, schema);
    }
  }

  private void texts(String name, List<String> path, JsonNode schema) {
    boolean typed = !schema.path("x-text").isMissingNode();
    boolean form = !schema.path("format").isMissingNode() || schema.path("enum").isArray();
    String longText = "\"" + "x".repeat(TOO_LONG_CHARACTERS) + "\"";
    add(name + " far too long", with(path, longText), true);
    add(name + " with a NUL", with(path, "\"a\\u0000b\""), true);
    add(name + " half a character", with(path, "\"a\\ud800\""), true);
    add(name + " the other half", with(path, "\"\\udc00a\""), true);
    add(name + " empty", with(path, "\"\""), form);
    add(name + " blank", with(path, "\" \\t\\u2003\""), form);
    add(
        name + " other characters",
        with(path, "\"\\u202Ecba\\u200B\\uFEFF\\uD83D\\uDD11\""),
        form || typed);
    add(name + " a control character", with(path, "\"a\\u001b[31mb\\r\\nc\""), form || typed);
    add(name + " SQL and HTML", with(path, "\"'; DROP TABLE x; --<script>${7*7}%s\""), form);
    if (schema.path("format").asString("").equals("uuid")) {
      add(name + " of nobody", with(path, "\"" + UUID.randomUUID() + "\""), true);
      add(name + " short", with(path, "\"1-1-1-1-1\""), true);
    }
    if (schema.path("format").asString("").startsWith("date")) {
      for (String date :
          List.of(
              "0000-00-00T00:00:00Z",
              "2026-02-30T00:00:00Z",
              "+1000000000-12-31T23:59:59Z",
              "-1000000000-01-01T00:00:00Z",
              "9999999-01-01",
              "now")) {
        add(name + " " + date, with(path, "\"" + date + "\""), true);
      }
      add(name + " long ago", with(path, "\"0001-01-01T00:00:00Z\""), false);
      add(name + " far ahead", with(path, "\"9999-12-31T23:59:59.999999999Z\""), false);
    }
  }

  /** What a field refuses by what the document says of its text: a line, prose, or an address. */
  private void typedTexts(String name, List<String> path, JsonNode schema, boolean required) {
    String kind = schema.path("x-text").asString("");
    boolean address = schema.path("format").asString("").equals("email");
    if (kind.isEmpty() && !address) {
      return;
    }
    for (String invisible : List.of("\\u00a0", "\\u200b", "\\u3164", "\\ufe0f\\u2060")) {
      add(name + " nothing visible " + invisible, withText(path, invisible), required);
    }
    for (String never : List.of("a\\u202eb", "a\\u2066b", "a\\u0007b", "a\\ufffeb")) {
      add(name + " " + never, withText(path, never), true);
    }
    for (String broken : List.of("a\\nb", "a\\u2028b", "a\\u0085b")) {
      boolean inProse = kind.equals("prose") && !broken.contains("0085");
      add(name + " " + broken, withText(path, broken), !inProse);
    }
    int maxLength = schema.path("maxLength").asInt(0);
    add(name + " one too many", withText(path, "\ud83d\udd11".repeat(maxLength + 1)), true);
    for (String readable :
        List.of("e\\u0301", "\\u0645\\u064f", "\ud83d\udc69\u200d\ud83d\udd2c")) {
      add(name + " " + readable, withText(path, readable), address);
    }
    if (address) {
      for (String no : List.of("a@b", "a@example.org\\nbcc: x@y.zz", "<a@b.co>", "a b@c.de")) {
        add(name + " " + no, withText(path, no), true);
      }
    }
  }

  private String withText(List<String> path, String text) {
    return with(path, "\"" + text + "\"");
  }

  private void add(String what, String text, boolean never) {
    bodies.add(new Body(what, text, never));
  }

  /** The valid body with raw JSON at this field; without the field when it is null. */
  private String with(List<String> path, @Nullable String json) {
    ObjectNode body = samples.body();
    JsonNode schema = operation.bodySchema();
    JsonNode at = body;
    for (String step : path.subList(0, path.size() - 1)) {
      boolean item = at instanceof ArrayNode;
      schema =
          operation.resolve(item ? schema.path("items") : schema.path("properties").path(step));
      if (!item && at.path(step).isMissingNode()) {
        ((ObjectNode) at).set(step, samples.value(step, schema));
      }
      at = item ? at.get(0) : at.get(step);
    }
    ObjectNode holder = (ObjectNode) at;
    holder.remove(path.getLast());
    if (json == null) {
      return body.toString();
    }
    holder.put(path.getLast(), "HERE-IT-COMES");
    return body.toString().replace("\"HERE-IT-COMES\"", json);
  }

  private String withUnknown(List<String> path, JsonNode schema) {
    ObjectNode object = (ObjectNode) samples.value(path.getLast(), schema);
    object.put("unknownField", 1);
    return with(path, object.toString());
  }

  private static List<String> required(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("required").forEach(name -> names.add(name.asString()));
    return names;
  }

  private static List<String> append(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
