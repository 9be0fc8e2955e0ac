package io.cpdevents.driver;

import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** Who did what in all services, as a platform-admin checks it. */
public final class AuditLog {

  private static final String PATH = "/api/v1/audit-log/verification";

  private AuditLog() {}

  /** Checks all of it; what was found stands in the answer. */
  public static JsonNode verification(World world) {
    return verification(world, _ -> {});
  }

  /**
   * The same, told how many entries were checked so far after each stretch but the last.
   *
   * @throws NotAsExpected when an answer leads nowhere
   */
  public static JsonNode verification(World world, LongConsumer progress) {
    JsonNode found = world.admin().api().get(PATH).expect(200).json();
    while (found.path("next").isString()) {
      long entries = found.path("entries").asLong();
      progress.accept(entries);
      found =
          world
              .admin()
              .api()
              .get(PATH + "?after=" + found.path("next").asString())
              .expect(200)
              .json();
      if (found.path("next").isString() && found.path("entries").asLong() <= entries) {
        throw new NotAsExpected("the audit log does not get checked any further: " + found);
      }
    }
    return found;
  }
}
