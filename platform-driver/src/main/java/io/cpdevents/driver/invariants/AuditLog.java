package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The audit log of the whole system. */
final class AuditLog {

  private AuditLog() {}

  static void isIntact(World world, Consumer<String> wrong) {
    JsonNode found = io.cpdevents.driver.AuditLog.verification(world);
    if (!found.path("intact").asBoolean()) {
      wrong.accept(found.toString());
    }
  }
}
