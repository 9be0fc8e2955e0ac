package io.cpdevents.e2e;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Somebody with an account, logged in. */
public final class Person {

  private static final Pattern VERIFICATION_LINK = Pattern.compile("#token=([^\\s\"<&]+)");

  private final World world;
  private final String name;
  private final String email;
  private final String token;

  private Person(World world, String name, String email, String token) {
    this.world = world;
    this.name = name;
    this.email = email;
    this.token = token;
    world.keepSecret(token);
  }

  static Person signsUp(World world, String name, int number) {
    String email =
        "%s.%d@example.com".formatted(name.toLowerCase(Locale.ROOT).replace(' ', '.'), number);
    String password = "correct horse " + UUID.randomUUID();
    world.keepSecret(password);
    world
        .api()
        .post(
            "/api/v1/accounts",
            Map.of("email", email, "password", password, "name", name, "locale", "en-CA"))
        .expect(202);
    Mailbox.Mail mail = world.mailbox().awaitMail(email, "Confirm your e-mail address");
    Matcher link = VERIFICATION_LINK.matcher(mail.text());
    if (!link.find()) {
      throw new AssertionError("no link in: " + mail.text());
    }
    world.keepSecret(link.group(1));
    world.api().post("/api/v1/accounts/verification", Map.of("token", link.group(1))).expect(204);
    Person person = logsIn(world, name, email, password);
    world.remember(person);
    return person;
  }

  static Person ofTheStaff(World world, String email, String password) {
    return logsIn(world, email, email, password);
  }

  private static Person logsIn(World world, String name, String email, String password) {
    JsonNode answer =
        world
            .api()
            .post("/api/v1/sessions", Map.of("email", email, "password", password))
            .expect(201)
            .json();
    return new Person(world, name, email, answer.get("token").asString());
  }

  /** The API as this person. */
  public Api api() {
    return world.api().bearing(token);
  }

  public String email() {
    return email;
  }

  /** Founds an organization and owns it; usable at once. */
  public Organization founds(String organizationName) {
    UUID id =
        UUID.fromString(
            api()
                .post("/api/v1/organizations", Map.of("name", organizationName))
                .expect(201)
                .json()
                .get("id")
                .asString());
    // The role is in the next access token, once the gateway has heard of the change.
    await().until(() -> api().get("/api/v1/organizations/" + id + "/events").status() == 200);
    Organization organization = new Organization(world, this, id);
    world.remember(organization);
    return organization;
  }

  /** Takes places and expects to get them. */
  public Registration registersFor(PublishedEvent event, int tickets) {
    Api.Answer answer = triesToRegisterFor(event, tickets).expect(201);
    return registration(answer);
  }

  /** Takes places and sees what happens. */
  Api.Answer triesToRegisterFor(PublishedEvent event, int tickets) {
    return api().post(event.path() + "/registrations", order(event, tickets));
  }

  /** The same, with an idempotency key. */
  Api.Answer triesToRegisterFor(PublishedEvent event, int tickets, String idempotencyKey) {
    return api().post(event.path() + "/registrations", order(event, tickets), idempotencyKey);
  }

  /** What an answer 201 acknowledged. */
  Registration registration(Api.Answer answer) {
    Registration registration = new Registration(world, this, answer.json());
    world.remember(registration);
    return registration;
  }

  /** How many registrations this person has. */
  int registrations() {
    return api().get("/api/v1/registrations?limit=100").expect(200).json().get("data").size();
  }

  void logsOut() {
    api().delete("/api/v1/sessions/current").expect(204);
  }

  boolean isLoggedIn() {
    Api.Answer me = api().get("/api/v1/me");
    if (me.status() != 200 && me.status() != 401) {
      throw new AssertionError("GET /me was answered with " + me.status() + ": " + me.body());
    }
    return me.status() == 200;
  }

  private Map<String, Object> order(PublishedEvent event, int tickets) {
    List<Map<String, Object>> places = new ArrayList<>();
    for (int i = 1; i <= tickets; i++) {
      places.add(
          Map.of(
              "ticketTypeId",
              event.ticketTypeId(),
              "attendee",
              Map.of("name", name + " " + i, "email", "guest" + i + "." + email)));
    }
    return Map.of("tickets", places);
  }
}
