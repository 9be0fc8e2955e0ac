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

  /** What a cancelled ticket says goes back for it. */
  private record TicketTold(UUID ticketId, long amountMinor) {}

  /**
   * What goes back for tickets in whichever way, with what is owed, what banks have, and what waits
   * for the end of a dispute.
   */
  private static final String GOES_BACK =
      """
      SELECT ticket_id, sum(amount)::bigint FROM (
        SELECT l.ticket_id, l.amount_minor
        FROM refund f JOIN refund_line l ON l.refund_id = f.id WHERE f.status <> 'cancelled'
        UNION ALL
        SELECT l.ticket_id, l.amount_minor
        FROM dispute d JOIN dispute_line l ON l.dispute_id = d.id WHERE d.booking <> 'none'
        UNION ALL
        SELECT unnest(ticket_ids), unnest(amounts_minor)
        FROM refund_request_waiting WHERE NOT owed_again
        UNION ALL
        SELECT l.ticket_id, l.total_minor
        FROM refund_request_waiting w JOIN payment_line l ON l.payment_id = w.payment_id
        WHERE NOT w.owed_again AND w.ticket_ids = '{}') all_of (ticket_id, amount)
      GROUP BY ticket_id
      """;

  /** What was asked back for a ticket, no more than it has cost. */
  private static final String ASKED_BACK =
      """
      SELECT t.id, t.registration_id, least(t.total_minor, sum(coalesce(
        (line -> 'amount' ->> 'amountMinor')::bigint, t.total_minor)))::bigint
      FROM refund_request q
      JOIN ticket t ON t.registration_id = q.registration_id
      LEFT JOIN jsonb_array_elements(q.lines) line ON (line ->> 'ticketId')::uuid = t.id
      WHERE line IS NOT NULL OR q.lines = '[]'
      GROUP BY t.id, t.registration_id, t.total_minor
      """;

  /** What was asked back for a ticket. */
  private record Asked(UUID ticketId, UUID registrationId, long amountMinor) {}

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
                WHERE NOT w.owed_again AND NOT EXISTS (
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

  static void whatIsAskedBackGoesBack(World world, Consumer<String> wrong) {
    Map<UUID, Long> goesBack = new HashMap<>();
    world
        .databases()
        .rows(
            "billing",
            GOES_BACK,
            row -> goesBack.put(row.getObject(1, UUID.class), row.getLong(2)));
    world
        .databases()
        .rows(
            "registration",
            ASKED_BACK,
            row ->
                new Asked(
                    row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)))
        .stream()
        .filter(asked -> goesBack.getOrDefault(asked.ticketId(), 0L) < asked.amountMinor())
        .limit(10)
        .forEach(asked ->
            wrong.accept(
                "for ticket %s of registration %s %d was asked back, and %d go back"
                    .formatted(
                        asked.ticketId(),
                        asked.registrationId(),
                        asked.amountMinor(),
                        goesBack.getOrDefault(asked.ticketId(), 0L))));
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

  /**
   * But for tickets whose refund waits for the end of a dispute, or has failed for good and may
   * have been reduced before: that is told when it succeeds.
   */
  static void cancelledTicketsTellTheTruth(World world, Consumer<String> wrong) {
    Map<UUID, Long> goesBack = new HashMap<>();
    world
        .databases()
        .rows(
            "billing",
            """
            SELECT l.ticket_id, sum(l.amount_minor)
            FROM refund f JOIN refund_line l ON l.refund_id = f.id
            WHERE f.status <> 'cancelled'
            AND f.cause IN ('attendee-cancelled', 'organization-cancelled', 'event-cancelled')
            GROUP BY l.ticket_id
            """,
            row -> goesBack.put(row.getObject(1, UUID.class), row.getLong(2)));
    Object undecided =
        world
            .databases()
            .rows(
                "billing",
                """
                SELECT unnest(ticket_ids) FROM refund_request_waiting WHERE NOT owed_again
                UNION SELECT l.ticket_id
                FROM refund f JOIN refund_line l ON l.refund_id = f.id WHERE f.status = 'failed'
                """,
                row -> row.getObject(1, UUID.class))
            .toArray(UUID[]::new);
    world
        .databases()
        .rows(
            "registration",
            """
            SELECT id, refund_minor FROM ticket
            WHERE status = 'cancelled' AND id <> ALL (?)
            """,
            row -> new TicketTold(row.getObject(1, UUID.class), row.getLong(2)),
            undecided)
        .stream()
        .filter(told -> goesBack.getOrDefault(told.ticketId(), 0L) != told.amountMinor())
        .limit(10)
        .forEach(told ->
            wrong.accept(
                "ticket %s says %d, and %d go back"
                    .formatted(
                        told.ticketId(),
                        told.amountMinor(),
                        goesBack.getOrDefault(told.ticketId(), 0L))));
  }
}
