package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Ledger;
import io.cpdevents.driver.World;
import java.util.List;
import java.util.function.Consumer;

/** What organizations are paid, and what their statements say of it. */
final class Payouts {

  /**
   * By organization and currency: what is set aside for payouts and what was paid, by the payouts,
   * and by the entries that billing has told.
   */
  private static final String SUMS =
      """
      SELECT organization_id, currency, coalesce(under_way, 0), coalesce(paid, 0),
             coalesce(in_transit, 0), coalesce(paid_out, 0)
      FROM (SELECT organization_id, currency,
                   sum(amount_minor) FILTER (WHERE status IN
                     ('requested', 'reserved', 'transferred', 'in-transit', 'unconfirmed')) AS under_way,
                   sum(amount_minor) FILTER (WHERE status = 'paid') AS paid
            FROM (SELECT organization_id, currency, status, amount_minor FROM payout
                  UNION ALL
                  SELECT organization_id, currency, 'paid', amount_minor FROM settlement
                  WHERE subject = 'left-money' AND outcome = 'paid' AND status = 'approved') kept
            GROUP BY organization_id, currency) p
      FULL JOIN (SELECT organization_id, currency, sum(in_payout_minor) AS in_transit,
                        sum(paid_out_minor) AS paid_out
                 FROM balance GROUP BY organization_id, currency) b
      USING (organization_id, currency)
      """;

  private Payouts() {}

  static void areSent(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "payout",
            """
            SELECT id, status FROM payout
            WHERE (status = 'requested' OR status IN ('reserved', 'transferred') AND waits_for IS NULL)
              AND hold_reason IS NULL
            LIMIT 10
            """)
        .forEach(row -> wrong.accept("payout %s is %s".formatted(row.toArray())));
  }

  static void areTheLedgers(World world, Consumer<String> wrong) {
    Ledger ledger = Ledger.of(world);
    for (List<String> row : world.databases().texts("payout", SUMS)) {
      String organization = row.get(0);
      String currency = row.get(1);
      long inLedger = -ledger.amountMinor(currency, "in-payout:" + organization);
      long inTransit = Long.parseLong(row.get(4));
      if (Long.parseLong(row.get(2)) != inTransit || inTransit != inLedger) {
        wrong.accept(
            "%s: payouts under way are %s %s, %d are in transit, and the ledger says %d"
                .formatted(organization, row.get(2), currency, inTransit, inLedger));
      }
      if (!row.get(3).equals(row.get(5))) {
        wrong.accept(
            "%s: paid payouts are %s %s, and %s were paid out"
                .formatted(organization, row.get(3), currency, row.get(5)));
      }
    }
  }

  static void haveStatementsThatAddUp(World world, Consumer<String> wrong) {
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
