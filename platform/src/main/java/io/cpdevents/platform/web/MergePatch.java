package io.cpdevents.platform.web;

import io.cpdevents.platform.error.RuleViolation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396): a field that is named is replaced, null clears it, a field that is
 * left out stays. The outcome is validated as a whole, like a new one.
 *
 * <p>A controller takes the patch as {@link ObjectNode} and names the record that it patches with
 * {@code @RequestBody(content = @Content(schema = @Schema(implementation = …)))}, so that the
 * document shows its fields.
 */
public final class MergePatch {

  private final JsonMapper json;
  private final BodyReader bodyReader;

  MergePatch(JsonMapper json, BodyReader bodyReader) {
    this.json = json;
    this.bodyReader = bodyReader;
  }

  /**
   * The present value with the patch applied.
   *
   * @param type a record, whose constraints say what cannot be cleared
   * @throws RuleViolation 400 {@code unknown-field} or {@code invalid-request} with every fault of
   *     the outcome
   */
  public <T extends Record> T apply(ObjectNode patch, T present, Class<T> type) {
    ObjectNode tree = json.valueToTree(present);
    merge(tree, patch);
    return type.cast(bodyReader.read(tree, json.constructType(type)));
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (var field : patch.properties()) {
      JsonNode present = target.get(field.getKey());
      if (field.getValue() instanceof ObjectNode change && present instanceof ObjectNode object) {
        merge(object, change);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
