package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.function.Consumer;

/** Payments, their charges and their refunds. */
final class Payments {

  private static final String REFUNDED =
      "(SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND r.stripe_charge_id IS NULL AND r.status = 'succeeded')";

  private Payments() {}

  static void refundsAreDecided(World world, Consumer<String> wrong) {
    long waiting =
        world
            .databases()
            .number(
                "billing",
                "SELECT count(*) FROM refund WHERE status NOT IN ('succeeded', 'failed', 'cancelled')");
    if (waiting > 0) {
      wrong.accept(waiting + " are under way");
    }
  }

  static void areChargedOnce(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT * FROM (
              SELECT p.id, p.registration_id, p.amount_minor, p.captured_minor, %s AS refunded,
                (SELECT count(*) FROM stripe_charge c
                 WHERE c.payment_id = p.id AND c.objection IS NULL) AS charges
              FROM payment p WHERE p.status = 'captured') captured
            WHERE charges <> 1 OR captured_minor <> amount_minor OR refunded NOT IN (0, captured_minor)
            """
                .formatted(REFUNDED))
        .forEach(row ->
            wrong.accept(
                "payment %s of registration %s: of %s are %s captured and %s refunded, %s charges"
                    .formatted(row.toArray())));
  }

  static void keptMoneyIsAConfirmedPlace(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "payments kept",
            "billing",
            "SELECT p.registration_id FROM payment p WHERE p.status = 'captured' AND %s < p.captured_minor"
                .formatted(REFUNDED)),
        Ids.in(
            world,
            "confirmed registrations with a price",
            "registration",
            "SELECT id FROM registration WHERE status = 'confirmed' AND total_minor > 0"),
        wrong);
  }
}
