package io.cpdevents.sandbox.objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as Stripe writes it. */
public final class StripeJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper COMPACT = JsonMapper.builder().build();

  private StripeJson() {}

  public static ObjectNode object() {
    return COMPACT.createObjectNode();
  }

  public static ArrayNode array() {
    return COMPACT.createArrayNode();
  }

  public static ObjectNode readObject(String json) {
    return (ObjectNode) COMPACT.readTree(json);
  }

  /** The text of a field; null when it is absent or null. */
  public static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.asString();
  }

  /** Indented, as Stripe answers. */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  public static String writeCompact(JsonNode node) {
    return COMPACT.writeValueAsString(node);
  }
}
