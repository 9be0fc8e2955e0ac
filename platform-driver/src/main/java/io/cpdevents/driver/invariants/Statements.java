package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.function.Consumer;

/** What payouts say that they pay. */
final class Statements {

  private Statements() {}

  static void addUp(World world, Consumer<String> wrong) {
    long paidTwice =
        world
            .databases()
            .number(
                "payout",
                """
                SELECT count(*) FROM (
                  SELECT 1 FROM payout_entry t JOIN payout p ON p.id = t.payout_id
                  WHERE p.status NOT IN ('failed', 'cancelled')
                  GROUP BY t.entry_id HAVING count(*) > 1)
                """);
    if (paidTwice > 0) {
      wrong.accept(paidTwice + " entries are paid by more than one payout");
    }
    long unfounded =
        world
            .databases()
            .number(
                "payout",
                """
                SELECT count(*) FROM payout p
                WHERE p.amount_minor > p.carried_over_minor + (
                  SELECT coalesce(sum(n.amount_minor), 0)
                  FROM payout_entry t JOIN entry n ON n.id = t.entry_id WHERE t.payout_id = p.id)
                """);
    if (unfounded > 0) {
      wrong.accept(unfounded + " payouts pay more than their statements add up to");
    }
  }
}
