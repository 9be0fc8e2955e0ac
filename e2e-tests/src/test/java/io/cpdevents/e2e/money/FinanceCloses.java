package io.cpdevents.e2e.money;

import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Two people post what stays of charges that no payment wanted after banks have decided, and what
 * banks have taken of them in another currency.
 */
final class FinanceCloses {

  private static final Map<String, String> LOST =
      Map.of("account", "write-offs", "reason", "The bank has taken more than was there");

  private FinanceCloses() {}

  /** Posts all of it. What refunds owe of such a charge is another task. */
  static void disputedCharges(World world) {
    List<UUID> breaks =
        world
            .databases()
            .rows(
                "billing",
                """
                SELECT id FROM ledger_break WHERE resolved_at IS NULL
                AND (stripe_id IN (SELECT stripe_charge_id FROM charge_dispute)
                    OR kind = 'unknown-dispute')
                """,
                row -> row.getObject(1, UUID.class));
    for (UUID each : breaks) {
      String path = "/api/v1/finance/breaks/" + each;
      Answer proposed = Decisions.expect(world.finance().api().post(path + "/resolution", LOST));
      if (proposed.isSuccess()) {
        String id = proposed.json().path("resolutions").path(0).path("id").asString();
        world.controller().api().post(path + "/approval", Map.of("resolutionId", id)).expect(200);
      }
    }
  }
}
