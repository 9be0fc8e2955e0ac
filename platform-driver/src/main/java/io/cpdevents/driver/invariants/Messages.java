package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import io.cpdevents.driver.inside.Databases;
import java.util.List;
import java.util.function.Consumer;

/** What services tell each other. */
final class Messages {

  private static final List<String> WAITING =
      List.of("outbox", "parked_message", "outbox_parked_key");

  private Messages() {}

  static void nothingWaits(World world, Consumer<String> wrong) {
    for (String service : Databases.OF_SERVICES) {
      for (String table : WAITING) {
        long rows = world.databases().number(service, "SELECT count(*) FROM " + table);
        if (rows > 0) {
          wrong.accept("%s has %d rows in %s".formatted(service, rows, table));
        }
      }
    }
  }

  static void allIsTaken(World world, Consumer<String> wrong) {
    world
        .consumerLag()
        .groupsBehind()
        .forEach((group, records) ->
            wrong.accept("%s has not taken %d records or more".formatted(group, records)));
  }
}
