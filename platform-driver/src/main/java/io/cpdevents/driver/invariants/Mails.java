package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Arrivals.Arrival;
import io.cpdevents.driver.Order;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Mails, from their cause to the mailbox. */
final class Mails {

  private static final int MAX_TOLD_MAILS = 10;

  /** The first for each cause: people may ask for one again. */
  private static final String OF_CAUSE =
      "SELECT registration_id FROM mail WHERE template IN ('%s') AND resent_from IS NULL";

  private static final String WAITS_OR_FAILED =
      "status <> 'sent' AND NOT (status = 'dropped' AND reason = 'cause-gone')";

  /**
   * One mail about a registration.
   *
   * @param toAttendee whether it is an attendee's
   */
  private record About(UUID mailId, UUID registrationId, boolean toAttendee) {}

  private Mails() {}

  static void allAreSent(World world, Consumer<String> wrong) {
    long waiting =
        world
            .databases()
            .number("notification", "SELECT count(*) FROM mail WHERE " + WAITS_OR_FAILED);
    if (waiting > 0) {
      wrong.accept(waiting + " are not sent");
    }
    UUID[] notNeeded =
        world
            .databases()
            .rows(
                "notification",
                "SELECT registration_id FROM mail WHERE status = 'dropped' AND registration_id IS NOT NULL",
                row -> row.getObject(1, UUID.class))
            .toArray(UUID[]::new);
    world
        .databases()
        .texts(
            "registration",
            """
            SELECT r.id FROM registration r WHERE r.id = ANY (?) AND NOT EXISTS (
              SELECT FROM ticket t WHERE t.registration_id = r.id AND t.status = 'cancelled')
            """,
            (Object) notNeeded)
        .forEach(row ->
            wrong.accept(
                "a mail about registration %s was dropped, and no ticket of it is cancelled"
                    .formatted(row.toArray())));
  }

  static void confirmationsAreSent(World world, Consumer<String> wrong) {
    long confirmed =
        world
            .databases()
            .number(
                "registration", "SELECT count(*) FROM registration WHERE confirmed_at IS NOT NULL");
    long sent =
        world
            .databases()
            .number(
                "notification",
                """
                SELECT count(*) FROM mail WHERE template = 'registration-confirmation'
                AND resent_from IS NULL AND status IN ('sent', 'dropped')
                """);
    if (confirmed != sent) {
      wrong.accept("%d were confirmed, %d mails are settled".formatted(confirmed, sent));
    }
  }

  static void confirmedAreToldOnce(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "confirmed registrations",
            "registration",
            "SELECT id FROM registration WHERE confirmed_at IS NOT NULL"),
        Ids.in(
            world,
            "confirmation mails",
            "notification",
            OF_CAUSE.formatted("registration-confirmation")),
        wrong);
  }

  static void cancelledAreToldOnce(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "cancelled registrations",
            "registration",
            """
            SELECT registration_id FROM registration_history
            WHERE to_status = 'cancelled' AND cause IS NOT NULL
            AND NOT (from_status = 'held' AND cause = 'attendee')
            """),
        Ids.in(
            world,
            "mails about it",
            "notification",
            OF_CAUSE.formatted("registration-cancelled', 'event-cancelled")),
        wrong);
  }

  static void succeededRefundsAreToldOnce(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "successes of refunds, also of those that came back or were called off after it",
            "billing",
            """
            SELECT p.registration_id
            FROM refund_history h
            JOIN refund r ON r.id = h.refund_id
            JOIN payment p ON p.id = r.payment_id
            WHERE h.status = 'succeeded'
            """),
        Ids.in(world, "mails about it", "notification", OF_CAUSE.formatted("refund-succeeded")),
        wrong);
  }

  static void tooLateAreToldOnce(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "refunds of late money",
            "billing",
            """
            SELECT p.registration_id FROM refund r JOIN payment p ON p.id = r.payment_id
            WHERE r.cause = 'payment-too-late'
            """),
        Ids.in(world, "mails about it", "notification", OF_CAUSE.formatted("payment-too-late")),
        wrong);
  }

  static void arrive(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(world, "mails sent", "notification", "SELECT id FROM mail WHERE status = 'sent'"),
        Ids.of("mails in the mailbox", world.mailbox().arrivals().keySet()),
        wrong);
  }

  static void comeOnce(World world, Consumer<String> wrong) {
    world.mailbox().arrivals().entrySet().stream()
        .filter(mail -> mail.getValue().copies() > 1)
        .limit(MAX_TOLD_MAILS)
        .forEach(mail ->
            wrong.accept(
                "mail %s came %d times".formatted(mail.getKey(), mail.getValue().copies())));
  }

  static void reachTheirReaders(World world, Consumer<String> wrong) {
    Map<UUID, Arrival> arrived = world.mailbox().arrivals();
    Map<UUID, Registration> known =
        world.registrations().stream()
            .collect(Collectors.toMap(Registration::id, Function.identity(), (one, _) -> one));
    for (About mail :
        world
            .databases()
            .rows(
                "notification",
                """
                SELECT id, registration_id, template LIKE 'attendee-%' FROM mail
                WHERE registration_id = ANY (?) AND account_id IS NOT NULL
                """,
                row ->
                    new About(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getBoolean(3)),
                (Object) known.keySet().toArray(UUID[]::new))) {
      Arrival arrival = arrived.get(mail.mailId());
      Registration registration = known.get(mail.registrationId());
      if (arrival != null && registration != null && !isRight(mail, arrival, registration)) {
        wrong.accept(
            "a mail about %s of %s went to %s and is about '%s'"
                .formatted(
                    registration.reference(),
                    registration.buyer().email(),
                    arrival.to(),
                    arrival.reference()));
      }
    }
  }

  private static boolean isRight(About mail, Arrival arrival, Registration registration) {
    return mail.toAttendee()
        ? Order.isGuest(arrival.to(), registration.buyer().email())
        : registration.buyer().isReachedAt(arrival.to())
            && arrival.reference().equals(registration.reference());
  }
}
