package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Organizations' plans, and what those entitle to. */
final class Plans {

  private static final Duration MAX_OVERDUE_TIME = Duration.ofMinutes(1);

  private Plans() {}

  /**
   * What registration-service has heard is what billing-service has decided. A test may have given
   * an organization more than any plan: that has a version which billing-service never told.
   */
  static void areHeardOf(World world, Consumer<String> wrong) {
    Map<String, List<String>> heard = new HashMap<>();
    world
        .databases()
        .texts("registration", "SELECT organization_id, version, plan_id FROM entitlements")
        .forEach(row -> heard.put(row.getFirst(), row));
    for (List<String> row :
        world
            .databases()
            .texts("billing", "SELECT organization_id, version, plan_id FROM subscription")) {
      List<String> there = heard.get(row.getFirst());
      boolean isAhead = there != null && Long.parseLong(there.get(1)) > Long.parseLong(row.get(1));
      if (!isAhead && !row.equals(there)) {
        wrong.accept(
            "organization, version and plan are %s, and %s is known".formatted(row, there));
      }
    }
  }

  /** No trial outlives its time at Stripe. */
  static void trialsEnd(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT organization_id, status, trial_ends_at FROM subscription
            WHERE status = 'trial-requested' OR status = 'trialing' AND trial_ends_at < ?
            """,
            world.now().minus(MAX_OVERDUE_TIME).atOffset(ZoneOffset.UTC))
        .forEach(row -> wrong.accept("%s is %s, its trial ends at %s".formatted(row.toArray())));
  }
}
