package io.cpdevents.driver.invariants;

import io.cpdevents.driver.Arrivals.Arrival;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Mails, from their cause to the mailbox. */
final class Mails {

  private static final int MAX_TOLD = 10;

  /** The first for each cause: people may ask for one again. */
  private static final String OF_CAUSE =
      "SELECT registration_id FROM mail WHERE template = '%s' AND resent_from IS NULL";

  private Mails() {}

  static void allAreSent(World world, Consumer<String> wrong) {
    long waiting =
        world
            .databases()
            .number("notification", "SELECT count(*) FROM mail WHERE status <> 'sent'");
    if (waiting > 0) {
      wrong.accept(waiting + " are not sent");
    }
  }

  static void confirmationsAreSent(World world, Consumer<String> wrong) {
    long confirmed =
        world
            .databases()
            .number("registration", "SELECT count(*) FROM registration WHERE status = 'confirmed'");
    long sent =
        world
            .databases()
            .number(
                "notification",
                """
                SELECT count(*) FROM mail WHERE template = 'registration-confirmation'
                AND resent_from IS NULL AND status = 'sent'
                """);
    if (confirmed != sent) {
      wrong.accept("%d are confirmed, %d mails are sent".formatted(confirmed, sent));
    }
  }

  static void confirmedAreToldOnce(World world, Consumer<String> wrong) {
    Ids.same(
        Ids.in(
            world,
            "confirmed registrations",
            "registration",
            "SELECT id FROM registration WHERE status = 'confirmed'"),
        Ids.in(
            world,
            "confirmation mails",
            "notification",
            OF_CAUSE.formatted("registration-confirmation")),
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
        .limit(MAX_TOLD)
        .forEach(mail ->
            wrong.accept(
                "mail %s came %d times".formatted(mail.getKey(), mail.getValue().copies())));
  }

  static void reachTheBuyer(World world, Consumer<String> wrong) {
    Map<UUID, Arrival> arrived = world.mailbox().arrivals();
    Map<UUID, Registration> known =
        world.registrations().stream()
            .collect(Collectors.toMap(Registration::id, Function.identity(), (one, _) -> one));
    for (List<UUID> mail :
        world
            .databases()
            .rows(
                "notification",
                "SELECT id, registration_id FROM mail WHERE registration_id = ANY (?)",
                row -> List.of(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                (Object) known.keySet().toArray(UUID[]::new))) {
      Arrival arrival = arrived.get(mail.getFirst());
      Registration registration = known.get(mail.getLast());
      if (arrival != null
          && registration != null
          && !(arrival.to().equalsIgnoreCase(registration.buyer().email())
              && arrival.reference().equals(registration.reference()))) {
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
}
