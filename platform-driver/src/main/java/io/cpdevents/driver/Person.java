package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.util.Map;

/** Somebody with an account, logged in. */
public final class Person {

  private final World world;
  private final String name;
  private final String email;
  private final String token;
  private final Api api;

  private Person(World world, String name, String email, String token) {
    this.world = world;
    this.name = name;
    this.email = email;
    this.token = token;
    this.api = world.api().bearing(token);
    world.keepSecret(token);
  }

  /** Signs up, follows the link in the mail and logs in. */
  static Person signsUp(World world, String name, String email, String password) {
    world.keepSecret(password);
    world
        .api()
        .post(
            "/api/v1/accounts",
            Map.of("email", email, "password", password, "name", name, "locale", "en-CA"))
        .expect(202);
    String token = world.mailbox().awaitMail(email, "Confirm your e-mail address").tokenInLink();
    world.keepSecret(token);
    world.api().post("/api/v1/accounts/verification", Map.of("token", token)).expect(204);
    return logsIn(world, name, email, password);
  }

  /** Logs in; the account is there. */
  static Person logsIn(World world, String name, String email, String password) {
    Answer session =
        world
            .api()
            .post("/api/v1/sessions", Map.of("email", email, "password", password))
            .expect(201);
    return new Person(world, name, email, session.text("token"));
  }

  /** The API as this person. */
  public Api api() {
    return api;
  }

  /** What the session is told by. */
  public String token() {
    return token;
  }

  /** What others call this person. */
  public String name() {
    return name;
  }

  /** The account's address. */
  public String email() {
    return email;
  }

  /** Founds an organization and owns it; usable at once. */
  public Organization founds(String organizationName) {
    Answer founded =
        api.post("/api/v1/organizations", Map.of("name", organizationName)).expect(201);
    Organization organization = new Organization(world, this, founded.id());
    // The role is in the next access token, once the gateway has heard of the change.
    world.await(
        "the owner's role in " + organizationName,
        () -> api.get(organization.path() + "/events").status() == 200);
    world.acknowledge(organization);
    return organization;
  }

  /** Takes places and expects to get them. */
  public Registration registersFor(PublishedEvent event, int tickets) {
    return registration(triesToRegisterFor(event, tickets).expect(201));
  }

  /** Takes places and sees what happens. */
  public Answer triesToRegisterFor(PublishedEvent event, int tickets) {
    return api.post(event.registrationsPath(), Order.of(this, event, tickets));
  }

  /** What an answer 201 acknowledged. */
  public Registration registration(Answer answer) {
    Registration registration = Registration.of(world, this, answer);
    world.acknowledge(registration);
    return registration;
  }

  /** How many registrations this person has. */
  public int registrations() {
    return api.get("/api/v1/registrations?limit=100").expect(200).data().size();
  }

  /** Ends this session. */
  public void logsOut() {
    api.delete("/api/v1/sessions/current").expect(204);
  }

  /** Whether the session is good. */
  public boolean isLoggedIn() {
    Answer me = api.get("/api/v1/me");
    if (me.status() != 200 && me.status() != 401) {
      throw new NotAsExpected("GET /me was answered with " + me.status() + ": " + me.body());
    }
    return me.status() == 200;
  }
}
