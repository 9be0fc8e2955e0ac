package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Registrations and their holds. */
final class Registrations {

  private static final int MAX_BATCH_IDS = 10_000;
  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(1);

  private Registrations() {}

  static void exist(World world, Consumer<String> wrong) {
    List<UUID> all = new ArrayList<>(world.acknowledged());
    for (int from = 0; from < all.size(); from += MAX_BATCH_IDS) {
      Set<UUID> some = new HashSet<>(all.subList(from, Math.min(all.size(), from + MAX_BATCH_IDS)));
      world
          .databases()
          .rows(
              "registration",
              "SELECT id FROM registration WHERE id = ANY (?)",
              row -> row.getObject(1, UUID.class),
              (Object) some.toArray(UUID[]::new))
          .forEach(some::remove);
      some.forEach(id -> wrong.accept("registration " + id + " was acknowledged and is lost"));
    }
  }

  static void holdsExpire(World world, Consumer<String> wrong) {
    long overdue =
        world
            .databases()
            .number(
                "registration",
                "SELECT count(*) FROM registration WHERE status = 'held' AND hold_expires_at < ?",
                world.now().minus(MAX_OVERDUE_TIME).atOffset(ZoneOffset.UTC));
    if (overdue > 0) {
      wrong.accept(overdue + " holds are overdue");
    }
  }
}
