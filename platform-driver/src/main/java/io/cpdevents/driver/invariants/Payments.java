package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Payments, their charges and their refunds. */
final class Payments {

  private static final String REFUNDED =
      "(SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND"
          + " r.stripe_charge_id IS NULL AND r.status = 'succeeded')";

  /**
   * What is not kept of payments: refunds that are with the buyer, on their way or owed, and what
   * banks have taken. A second capture's is nobody's.
   */
  private static final String TAKEN_BACK =
      """
      SELECT payment_id, amount_minor - suspense_minor AS amount,
        cause IN ('requested', 'made-at-stripe', 'fraud-warning') AS otherwise
      FROM refund WHERE status <> 'cancelled' AND amount_minor > suspense_minor
      UNION ALL
      SELECT d.payment_id, l.amount_minor, true
      FROM dispute d JOIN dispute_line l ON l.dispute_id = d.id WHERE d.booking <> 'none'
      """;

  /**
   * What is kept of a payment.
   *
   * @param takenOtherwise what went back for another reason than a cancellation
   */
  private record Kept(UUID registrationId, long amount, long takenOtherwise) {}

  private Payments() {}

  static void refundsAreDecided(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT id, payment_id, status, coalesce(next_attempt_at::text, 'Stripe')
            FROM refund WHERE status NOT IN ('succeeded', 'failed', 'cancelled') LIMIT 10
            """)
        .forEach(row ->
            wrong.accept("refund %s of payment %s is %s, until %s".formatted(row.toArray())));
    long late =
        world
            .databases()
            .number(
                "billing",
                """
                SELECT count(*) FROM refund_request_waiting w
                WHERE NOT w.after_loss AND NOT EXISTS (
                  SELECT FROM dispute d WHERE d.payment_id = w.payment_id AND d.status = 'open')
                """);
    if (late > 0) {
      wrong.accept(late + " wait for the end of a dispute that has ended");
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
            WHERE charges <> 1 OR captured_minor <> amount_minor OR refunded > captured_minor
            """
                .formatted(REFUNDED))
        .forEach(row ->
            wrong.accept(
                "payment %s of registration %s: of %s are %s captured and %s refunded, %s charges"
                    .formatted(row.toArray())));
  }

  static void owedRefundsAreTasks(World world, Consumer<String> wrong) {
    world
        .databases()
        .texts(
            "billing",
            """
            SELECT r.id, r.payment_id FROM refund r WHERE r.status = 'failed' AND NOT EXISTS (
              SELECT FROM ledger_break b WHERE b.kind = 'refund-owed' AND b.resolved_at IS NULL
              AND b.payment_id = r.payment_id)
            """)
        .forEach(row -> wrong.accept("refund %s of payment %s has none".formatted(row.toArray())));
  }

  static void keptMoneyIsEarned(World world, Consumer<String> wrong) {
    List<Kept> kept =
        world
            .databases()
            .rows(
                "billing",
                """
                SELECT p.registration_id, p.captured_minor - sum(b.amount),
                  coalesce(sum(b.amount) FILTER (WHERE b.otherwise), 0)
                FROM payment p JOIN (%s) b ON b.payment_id = p.id
                WHERE p.status = 'captured' GROUP BY p.id
                """
                    .formatted(TAKEN_BACK),
                row -> new Kept(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3)));
    Object refunded = kept.stream().map(Kept::registrationId).toArray(UUID[]::new);
    Ids.same(
        Ids.in(
            world,
            "payments that are kept whole",
            "billing",
            """
            SELECT p.registration_id FROM payment p WHERE p.status = 'captured'
            AND NOT EXISTS (SELECT FROM (%s) b WHERE b.payment_id = p.id)
            """
                .formatted(TAKEN_BACK)),
        Ids.in(
            world,
            "paid registrations for which nothing goes back",
            "registration",
            """
            SELECT r.id FROM registration r WHERE r.payment_id IS NOT NULL AND r.id <> ALL (?)
            AND NOT EXISTS (
              SELECT FROM ticket t WHERE t.registration_id = r.id AND t.refund_minor > 0)
            """,
            refunded),
        wrong);
    Map<UUID, Long> earned = new HashMap<>();
    world
        .databases()
        .rows(
            "registration",
            """
            SELECT r.id, sum(t.total_minor - coalesce(t.refund_minor, 0))
            FROM registration r JOIN ticket t ON t.registration_id = r.id
            WHERE r.id = ANY (?) AND r.payment_id IS NOT NULL GROUP BY r.id
            """,
            row -> earned.put(row.getObject(1, UUID.class), row.getLong(2)),
            refunded);
    for (Kept payment : kept) {
      // Money that confirmed nothing earns nothing. A refund by cancellation takes no more than is
      // left, so it can be smaller by what went back before.
      long most = earned.getOrDefault(payment.registrationId(), 0L);
      long least = Math.max(0, most - payment.takenOtherwise());
      if (payment.amount() < least || payment.amount() > most) {
        wrong.accept(
            "of the payment of registration %s are %d kept, and %d to %d are earned"
                .formatted(payment.registrationId(), payment.amount(), least, most));
      }
    }
  }
}
