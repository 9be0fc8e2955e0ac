package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.Topic;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A person is erased in the whole platform, and what others need goes on working. */
@Journey
class ErasureIT {

  private static final String ME = "/api/v1/me";
  private static final String CANCEL = ME + "/erasure/cancel";
  private static final String NAME = "Quillon Vanisher";
  private static final String FORMER_NAME = "Zephyrine Formerly";
  private static final String PASSWORD = "nobody shall remember 9";
  private static final Duration LONGER_THAN_TO_THINK = Duration.ofDays(14).plusHours(1);
  private static final Wait PATIENCE = Wait.atMost(Duration.ofMinutes(2));
  private static final long PRICE_MINOR = 60_00;

  @Test
  void whoever_has_second_thoughts_logs_in_and_stays(World world) {
    Person person = world.somebody("Second Thoughts", PASSWORD);
    Api before = person.api();
    assertThat(before.delete(ME).expect(202).text("status")).isEqualTo("waiting");
    world.await("the session has ended", () -> before.get(ME).status() == 401);
    world.mailbox().awaitMail(person.email(), "Your account will be erased");

    Api back = logsIn(world, person.email());
    back.get(ME).expect(200);
    assertThat(back.get(ME + "/erasure").expect(200).text("status")).isEqualTo("waiting");
    assertThat(back.get("/api/v1/registrations").expect(403).code()).isEqualTo("account-closing");

    back.post(CANCEL, Map.of()).expect(204);

    world.mailbox().awaitMail(person.email(), "Your account stays");
    world.await(
        "the account is open again", () -> back.get("/api/v1/registrations").status() == 200);
    back.patch(ME, Map.of("locale", "fr-CA")).expect(200);
    back.delete(ME).expect(202);
    world.mailbox().awaitMail(person.email(), "Votre compte sera effacé");
    logsIn(world, person.email()).post(CANCEL, Map.of()).expect(204);
    world.mailbox().awaitMail(person.email(), "Votre compte reste");
  }

  @Test
  void an_owner_is_told_what_to_do_first(World world) {
    Organization organization = world.anOrganization();

    assertThat(organization.owner().api().delete(ME).expect(409).code()).isEqualTo("last-owner");
  }

  @Test
  void nobody_finds_an_erased_person_anywhere_and_the_books_are_as_before(World world)
      throws Exception {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(20, PRICE_MINOR);
    Person person = world.somebody(FORMER_NAME, PASSWORD);
    String formerEmail = person.email();
    books(person, event, FORMER_NAME, formerEmail);
    holds(world.somebody("Cora Colleague"), event, "Z. Formerly", formerEmail);
    String guestEmail = "guest.%s@example.org".formatted(UUID.randomUUID());
    holds(person, event, "Frida Guest", guestEmail);
    person.api().patch(ME, Map.of("name", NAME)).expect(200);
    String email = movesTo(world, person, "quillon.%s@example.org".formatted(UUID.randomUUID()));
    Payment refunded = books(person, event, NAME, email).payment();
    refunded
        .isRefundedBy(organization.owner(), 10_00, "As agreed with " + NAME)
        .becomes("succeeded");
    Payment disputed = books(person, event, NAME, email).payment();
    String atStripe = world.stripe().opensDispute(disputed.chargeAtStripe(), Map.of());
    organization.awaitDispute(disputed, atStripe).isDecided("lost");
    // Somebody else has begun to book for them, too.
    holds(world.somebody("Fred Friend"), event, NAME, email);
    organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(organization.path() + "/members", Map.of("email", email, "role", "staff"))
        .expect(202);
    world.mailbox().awaitMail(email, "You are invited to");
    world.invariants().hold();
    Set<String> people = Set.of(NAME, FORMER_NAME, email, formerEmail);
    assertThat(traces(world, people))
        .as("the search finds what is there")
        .contains(
            "accounts.account",
            "accounts.invitation",
            "accounts.api_idempotency",
            "registration.ticket",
            "registration.api_idempotency",
            "billing.refund",
            "billing.api_idempotency",
            Topic.Names.ACCOUNTS_PROFILES);

    assertThat(exported(world, email))
        .contains(
            "README.txt",
            "accounts.json",
            "registration.json",
            "billing.json",
            "payout.json",
            "notification.json");

    // Whoever has just logged in has proved who they are.
    Api last = logsIn(world, email);
    // Names that theirs is a part of are other people's.
    last.patch(ME, Map.of("name", "Ida")).expect(200);
    UUID erasure = last.delete(ME).expect(202).id();
    world.mailbox().awaitMail(email, "Your account will be erased");
    world.leaps(LONGER_THAN_TO_THINK);

    world.await(
        "the last mail",
        PATIENCE,
        () -> !world.mailbox().find(email, "Your account is erased", "").isEmpty());
    String letter = world.mailbox().awaitMail(email, "Your account is erased").text();
    assertThat(letter)
        .contains("what you paid and got back (the law wants books to be kept)")
        .contains("payments that you disputed (claims may have to be answered)")
        .contains("/api/v1/accounts/erasure-receipt-keys");
    world.await("the erasure is done", PATIENCE, () -> status(world, erasure).equals("done"));
    // It is done by itself within hours when two weeks pass for the machine, too.
    Compaction.of(Topic.ACCOUNTS_PROFILES, world.topics().bootstrapServers());
    PATIENCE.isSo(() -> traces(world, people).isEmpty());
    assertThat(traces(world, people)).isEmpty();
    assertThat(world.api().get("/api/v1/accounts/erasure-receipt-keys").expect(200).body())
        .contains("\"kty\":\"EC\"")
        .doesNotContain("\"d\"");
    assertThat(
            world
                .databases()
                .texts(
                    "registration",
                    "SELECT attendee_name FROM ticket WHERE attendee_email = '" + guestEmail + "'"))
        .as("a guest goes on being one")
        .containsExactly(List.of("Frida Guest"));
    Answer payment =
        organization.owner().api().get("/api/v1/payments/" + refunded.id()).expect(200);
    assertThat(payment.json().path("refunded").path("amountMinor").asLong()).isEqualTo(10_00);
    Answer verified = world.admin().api().get("/api/v1/audit-log/verification").expect(200);
    assertThat(verified.json().path("intact").asBoolean()).isTrue();
  }

  /** The archive as it is fetched: the names of its files can be read in it. */
  private static String exported(World world, String email) {
    Api api = logsIn(world, email);
    String path = ME + "/data-exports/" + api.post(ME + "/data-exports", Map.of()).expect(202).id();
    world.mailbox().awaitMail(email, "Your data is ready");
    Answer export = api.get(path).expect(200);
    assertThat(export.text("status")).isEqualTo("ready");
    assertThat(export.text("url")).endsWith(path + "/archive");
    assertThat(world.api().get(path + "/archive").status()).isEqualTo(401);
    return api.get(path + "/archive").expect(200).body();
  }

  private static String status(World world, UUID erasure) {
    return world
        .databases()
        .texts("accounts", "SELECT status FROM erasure WHERE id = '" + erasure + "'")
        .getFirst()
        .getFirst();
  }

  /** Another address, which is confirmed by its mail. */
  private static String movesTo(World world, Person person, String newEmail) {
    person.provenApi().post(ME + "/email-changes", Map.of("newEmail", newEmail)).expect(202);
    String token =
        world.mailbox().awaitMail(newEmail, "Confirm your new e-mail address").tokenInLink();
    world.keepSecret(token);
    world
        .api()
        .post(ME + "/email-changes/confirmation", Map.of("token", token, "password", PASSWORD))
        .expect(204);
    person.isNowAt(newEmail);
    return newEmail;
  }

  private static Registration books(
      Person buyer, PublishedEvent event, String name, String address) {
    return holds(buyer, event, name, address).isPaid().becomes("confirmed");
  }

  private static Registration holds(
      Person buyer, PublishedEvent event, String name, String address) {
    Answer answer =
        buyer
            .api()
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .post(
                event.registrationsPath(),
                Map.of(
                    "tickets",
                    List.of(
                        Map.of(
                            "ticketTypeId",
                            event.ticketTypeId(),
                            "attendee",
                            Map.of("name", name, "email", address)))))
            .expect(201);
    return buyer.registration(answer);
  }

  private static Api logsIn(World world, String email) {
    return world
        .api()
        .bearing(
            world
                .api()
                .post("/api/v1/sessions", Map.of("email", email, "password", PASSWORD))
                .expect(201)
                .text("token"));
  }

  /** Where one of the person's names or addresses stands. */
  private static Set<String> traces(World world, Set<String> people) {
    Set<String> places = new TreeSet<>();
    BiConsumer<String, String> reader =
        (place, text) -> {
          String lower = text.toLowerCase(Locale.ROOT);
          if (people.stream().anyMatch(one -> lower.contains(one.toLowerCase(Locale.ROOT)))) {
            places.add(place);
          }
        };
    Written written = new Written(SharedPlatform.get(), world);
    written.inLogs(reader);
    written.onTopics(reader);
    written.inDatabases(reader);
    return places;
  }
}
