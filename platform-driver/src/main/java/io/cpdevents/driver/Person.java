package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Somebody with an account, logged in; after days without a request, logged in again. */
public final class Person {

  /** A session that nobody uses ends after 14 days. */
  private static final Duration SESSION_IS_GOOD = Duration.ofDays(10);

  /** A session of the platform's own people ends after 12 hours. */
  private static final Duration STAFF_SESSION_IS_GOOD = Duration.ofHours(10);

  /** What asks for a recent proof takes one of five minutes, by the machine. */
  private static final Duration PROOF_IS_GOOD = Duration.ofMinutes(4);

  /**
   * What a log-in gave.
   *
   * @param since how much business time had passed then
   * @param provedNanos when the password was last sent, by the machine
   */
  private record Session(String token, Api api, Duration since, long provedNanos) {}

  private final World world;
  private final String name;
  private volatile String email;
  private final Set<String> formerEmails = ConcurrentHashMap.newKeySet();
  private volatile String password;
  private final Duration sessionIsGood;
  private Session session;

  private Person(World world, String name, String email, String password, Duration sessionIsGood) {
    this.sessionIsGood = sessionIsGood;
    this.world = world;
    this.name = name;
    this.email = email;
    this.password = password;
    this.session = newSession();
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
    world
        .api()
        .post("/api/v1/accounts/verification", Map.of("token", token, "password", password))
        .expect(204);
    return logsIn(world, name, email, password);
  }

  /** Logs in; the account is there. */
  static Person logsIn(World world, String name, String email, String password) {
    return new Person(world, name, email, password, SESSION_IS_GOOD);
  }

  /** One of the platform's own people logs in. */
  static Person ofStaff(World world, String name, String email, String password) {
    return new Person(world, name, email, password, STAFF_SESSION_IS_GOOD);
  }

  /**
   * The API as this person, who has proved lately enough to be it: for what a stolen session alone
   * must not be enough.
   */
  public synchronized Api provenApi() {
    Session current = session();
    if (System.nanoTime() - current.provedNanos() > PROOF_IS_GOOD.toNanos()) {
      stepsUp(password);
    }
    return api();
  }

  /** Proves once more to be who this is. */
  public synchronized void stepsUp(String typed) {
    Session current = session();
    current.api().post("/api/v1/sessions/current/step-up", Map.of("password", typed)).expect(204);
    session = new Session(current.token(), current.api(), current.since(), System.nanoTime());
  }

  /** The API as this person. */
  public Api api() {
    return session().api();
  }

  /** What the session is told by. */
  public String token() {
    return session().token();
  }

  private synchronized Session session() {
    if (world.passed().minus(session.since()).compareTo(sessionIsGood) > 0) {
      session = newSession();
    }
    return session;
  }

  private Session newSession() {
    Duration now = world.passed();
    String token =
        world
            .api()
            .post("/api/v1/sessions", Map.of("email", email, "password", password))
            .expect(201)
            .text("token");
    world.keepSecret(token);
    return new Session(token, world.api().bearing(token), now, System.nanoTime());
  }

  /** What others call this person. */
  public String name() {
    return name;
  }

  /** The account's address. */
  public String email() {
    return email;
  }

  /** The account has another address, which its mails go to from now on. */
  public void isNowAt(String newEmail) {
    formerEmails.add(email);
    email = newEmail;
  }

  /** Whether mails of the account go to this address, or did. */
  public boolean isReachedAt(String address) {
    return address.equalsIgnoreCase(email)
        || formerEmails.stream().anyMatch(address::equalsIgnoreCase);
  }

  /** Founds an organization and owns it; usable at once. */
  public Organization founds(String organizationName) {
    Answer founded =
        api().post("/api/v1/organizations", Map.of("name", organizationName)).expect(201);
    Organization organization = new Organization(world, this, founded.id());
    // The role is in the next access token, once the gateway has heard of the change.
    world.await(
        "the owner's role in " + organizationName,
        () -> api().get(organization.path() + "/events").status() == 200);
    world.acknowledge(organization);
    return organization;
  }

  /** Takes places and expects to get them. */
  public Registration registersFor(PublishedEvent event, int tickets) {
    return registration(triesToRegisterFor(event, tickets).expect(201));
  }

  /** Takes places and sees what happens. */
  public Answer triesToRegisterFor(PublishedEvent event, int tickets) {
    return api().post(event.registrationsPath(), Order.of(this, event, tickets));
  }

  /** Takes places with a promo code and sees what happens. */
  public Answer triesToRegisterFor(PublishedEvent event, int tickets, String promoCode) {
    return api().post(event.registrationsPath(), Order.of(this, event, tickets).with(promoCode));
  }

  /** What an answer 201 acknowledged. */
  public Registration registration(Answer answer) {
    Registration registration = Registration.of(world, this, answer);
    world.acknowledge(registration);
    return registration;
  }

  /** How many registrations this person has. */
  public int registrations() {
    return api().get("/api/v1/registrations?limit=100").expect(200).data().size();
  }

  /** Asks for a link, as somebody does who forgot the password. */
  public Mail forgetsPassword() {
    world.api().post("/api/v1/password-resets", Map.of("email", email)).expect(202);
    Mail mail = world.mailbox().awaitMail(email, "Choose a new password");
    world.keepSecret(mail.tokenInLink());
    return mail;
  }

  /** Goes on with a password that was set, and logs in with it. */
  public synchronized void remembers(String newPassword) {
    world.keepSecret(newPassword);
    password = newPassword;
    session = newSession();
  }

  /** Ends this session. */
  public void logsOut() {
    api().delete("/api/v1/sessions/current").expect(204);
  }

  /** Whether the session is good. */
  public boolean isLoggedIn() {
    Answer me = api().get("/api/v1/me");
    if (me.status() != 200 && me.status() != 401) {
      throw new NotAsExpected("GET /me was answered with " + me.status() + ": " + me.body());
    }
    return me.status() == 200;
  }
}
