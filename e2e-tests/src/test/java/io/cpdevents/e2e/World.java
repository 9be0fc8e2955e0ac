package io.cpdevents.e2e;

import io.cpdevents.local.LocalPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** What all journeys of a run share: the platform, and everything that was acknowledged in it. */
public final class World {

  /** The password of the platform's own people in the local profile. */
  private static final String STAFF_PASSWORD = "local demo password";

  private static final Duration WAIT_AT_MOST = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final LocalPlatform platform;
  private final Api api;
  private final Sandbox stripe;
  private final Mailbox mailbox;
  private final Databases databases;
  private final AtomicInteger names = new AtomicInteger();
  private final Queue<Person> people = new ConcurrentLinkedQueue<>();
  private final Queue<Organization> organizations = new ConcurrentLinkedQueue<>();
  private final Queue<Registration> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> secrets = new ConcurrentLinkedQueue<>();
  private final Person finance;
  private final Person admin;
  private final Person support;

  private World(LocalPlatform platform) {
    this.platform = platform;
    this.api = Api.at(platform.gatewayUrl());
    this.stripe = new Sandbox(Api.at(platform.sandboxUrl()));
    this.mailbox = new Mailbox(Api.at(platform.mailboxUrl()));
    this.databases = new Databases(platform.postgres());
    this.finance = Person.ofTheStaff(this, "finance@cpd.local", STAFF_PASSWORD);
    this.admin = Person.ofTheStaff(this, "admin@cpd.local", STAFF_PASSWORD);
    this.support = Person.ofTheStaff(this, "support@cpd.local", STAFF_PASSWORD);
  }

  /** The one of this run. */
  public static World shared() {
    return Shared.WORLD;
  }

  /** A new person who has signed up, followed the link in the mail and logged in. */
  public Person somebody(String name) {
    return Person.signsUp(this, name, names.incrementAndGet());
  }

  /** A new organization with its owner. */
  public Organization anOrganization() {
    return somebody("Olga Owner").founds("Institute " + names.incrementAndGet());
  }

  /** Moves everybody's business time. */
  void passes(Duration time) {
    platform.advanceClock(time);
  }

  /** Business time. */
  public Instant now() {
    return InstantSource.system().instant().plusSeconds(platform.clockOffsetSeconds());
  }

  /** Everything goes through the gateway. */
  public Api api() {
    return api;
  }

  Sandbox stripe() {
    return stripe;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  public Databases databases() {
    return databases;
  }

  public Person finance() {
    return finance;
  }

  public Person admin() {
    return admin;
  }

  public Person support() {
    return support;
  }

  public String gatewayUrl() {
    return platform.gatewayUrl();
  }

  String kafka() {
    return platform.kafkaBootstrapServers();
  }

  Path logs() {
    return platform.options().home().resolve("logs");
  }

  /** The bearer of internal endpoints. */
  String internalToken() {
    return platform.internalToken();
  }

  void remember(Person person) {
    people.add(person);
  }

  void remember(Organization organization) {
    organizations.add(organization);
  }

  /** Somebody was told that this exists: it must, ever after. */
  void remember(Registration registration) {
    acknowledged.add(registration);
  }

  /** Nobody may ever find this anywhere. */
  void keepSecret(String secret) {
    secrets.add(secret);
  }

  List<Person> people() {
    return List.copyOf(people);
  }

  List<Organization> organizations() {
    return List.copyOf(organizations);
  }

  List<Registration> acknowledged() {
    return List.copyOf(acknowledged);
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  private static final class Shared {
    private static final World WORLD = start();

    private static World start() {
      Awaitility.setDefaultTimeout(WAIT_AT_MOST);
      Awaitility.setDefaultPollInterval(LOOK_EVERY);
      return new World(SharedPlatform.get());
    }
  }
}
