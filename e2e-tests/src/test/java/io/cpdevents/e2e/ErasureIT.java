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

    Api back = logsIn(world, person);
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
    logsIn(world, person).post(CANCEL, Map.of()).expect(204);
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
    Person person = world.somebody(NAME, PASSWORD);
    Payment refunded = books(person, event, person.email()).payment();
    refunded
        .isRefundedBy(organization.owner(), 10_00, "As agreed with " + NAME)
        .becomes("succeeded");
    Payment disputed = books(person, event, person.email()).payment();
    String atStripe = world.stripe().opensDispute(disputed.chargeAtStripe(), Map.of());
    organization.awaitDispute(disputed, atStripe).isDecided("lost");
    // Somebody else has begun to book for them, too.
    holds(world.somebody("Fred Friend"), event, person.email());
    organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(organization.path() + "/members", Map.of("email", person.email(), "role", "staff"))
        .expect(202);
    world.mailbox().awaitMail(person.email(), "You are invited to");
    // Tickets keep the name under which they were booked.
    person.api().patch(ME, Map.of("name", "Otto Otherwise")).expect(200);
    world.invariants().hold();
    assertThat(traces(world, person))
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

    assertThat(exported(world, person))
        .contains(
            "README.txt",
            "accounts.json",
            "registration.json",
            "billing.json",
            "payout.json",
            "notification.json");

    // Whoever has just logged in has proved who they are.
    UUID erasure = logsIn(world, person).delete(ME).expect(202).id();
    world.mailbox().awaitMail(person.email(), "Your account will be erased");
    world.leaps(LONGER_THAN_TO_THINK);

    world.await(
        "the last mail",
        PATIENCE,
        () -> !world.mailbox().find(person.email(), "Your account is erased", "").isEmpty());
    String letter = world.mailbox().awaitMail(person.email(), "Your account is erased").text();
    assertThat(letter)
        .contains("what you paid and got back (the law wants books to be kept)")
        .contains("payments that you disputed (claims may have to be answered)")
        .contains("/api/v1/accounts/erasure-receipt-keys");
    world.await("the erasure is done", PATIENCE, () -> status(world, erasure).equals("done"));
    // It is done by itself within hours when two weeks pass for the machine, too.
    Compaction.of(Topic.ACCOUNTS_PROFILES, world.topics().bootstrapServers());
    PATIENCE.isSo(() -> traces(world, person).isEmpty());
    assertThat(traces(world, person)).isEmpty();
    assertThat(world.api().get("/api/v1/accounts/erasure-receipt-keys").expect(200).body())
        .contains("\"kty\":\"EC\"")
        .doesNotContain("\"d\"");
    Answer payment =
        organization.owner().api().get("/api/v1/payments/" + refunded.id()).expect(200);
    assertThat(payment.json().path("refunded").path("amountMinor").asLong()).isEqualTo(10_00);
    Answer verified = world.admin().api().get("/api/v1/audit-log/verification").expect(200);
    assertThat(verified.json().path("intact").asBoolean()).isTrue();
  }

  /** The archive as it is fetched: the names of its files can be read in it. */
  private static String exported(World world, Person person) {
    Api api = logsIn(world, person);
    String path = ME + "/data-exports/" + api.post(ME + "/data-exports", Map.of()).expect(202).id();
    world.mailbox().awaitMail(person.email(), "Your data is ready");
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

  private static Registration books(Person buyer, PublishedEvent event, String address) {
    return holds(buyer, event, address).isPaid().becomes("confirmed");
  }

  private static Registration holds(Person buyer, PublishedEvent event, String address) {
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
                            Map.of("name", NAME, "email", address)))))
            .expect(201);
    return buyer.registration(answer);
  }

  private static Api logsIn(World world, Person person) {
    return world
        .api()
        .bearing(
            world
                .api()
                .post("/api/v1/sessions", Map.of("email", person.email(), "password", PASSWORD))
                .expect(201)
                .text("token"));
  }

  /** Where the person's name or address stands. */
  private static Set<String> traces(World world, Person person) {
    Set<String> places = new TreeSet<>();
    String name = NAME.toLowerCase(Locale.ROOT);
    String email = person.email().toLowerCase(Locale.ROOT);
    BiConsumer<String, String> reader =
        (place, text) -> {
          String lower = text.toLowerCase(Locale.ROOT);
          if (lower.contains(name) || lower.contains(email)) {
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
