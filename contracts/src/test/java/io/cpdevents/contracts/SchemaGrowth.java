package io.cpdevents.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The rule by which events grow: optional fields may be added, everything else stays. Old readers
 * then understand new events, and new readers understand old ones.
 */
final class SchemaGrowth {

  private static final String DEFINITIONS = "$defs";

  private SchemaGrowth() {}

  /** What makes the newer schema more than a growth of the older one; empty when nothing. */
  static List<String> violations(JsonNode older, JsonNode newer) {
    List<String> violations = new ArrayList<>(violationsInObject("", older, newer));
    for (Map.Entry<String, JsonNode> definition : older.path(DEFINITIONS).properties()) {
      JsonNode now = newer.path(DEFINITIONS).path(definition.getKey());
      if (now.isMissingNode()) {
        violations.add(definition.getKey() + " is gone");
      } else {
        violations.addAll(
            violationsInObject(definition.getKey() + ".", definition.getValue(), now));
      }
    }
    return violations;
  }

  private static List<String> violationsInObject(String prefix, JsonNode older, JsonNode newer) {
    List<String> violations = new ArrayList<>();
    Set<String> requiredBefore = required(older);
    Set<String> requiredNow = required(newer);
    if (!requiredBefore.equals(requiredNow)) {
      violations.add("%srequired was %s and is %s".formatted(prefix, requiredBefore, requiredNow));
    }
    for (Map.Entry<String, JsonNode> property : older.path("properties").properties()) {
      JsonNode now = newer.path("properties").path(property.getKey());
      if (now.isMissingNode()) {
        violations.add(prefix + property.getKey() + " is gone");
      } else if (!now.equals(property.getValue())) {
        violations.add(
            "%s%s was %s and is %s".formatted(prefix, property.getKey(), property.getValue(), now));
      }
    }
    return violations;
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    schema.path("required").forEach(name -> names.add(name.asString()));
    return names;
  }
}
