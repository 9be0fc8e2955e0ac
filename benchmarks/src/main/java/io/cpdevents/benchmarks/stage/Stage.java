package io.cpdevents.benchmarks.stage;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A running platform with people and events, ready for load. */
public final class Stage {

  /** How many people take turns. */
  public static final int PARTICIPANTS = 16;

  /** How many events registrations are spread over. */
  public static final int COURSES = 100;

  private static final String STAFF_PASSWORD = "local demo password";
  private static final int PLACES = 1_000_000;
  private static final long PRICE_MINOR = 80_00;
  private static final String CURRENCY = "CAD";
  private static final Duration UNTIL_EVENT = Duration.ofDays(60);
  private static final Duration EVENT_LASTS = Duration.ofHours(3);

  private final LocalPlatform platform;
  private final Api gateway;
  private final Api mailbox;
  private final Api sandbox;
  private final Databases databases;
  private final Processes processes;
  private final List<Participant> participants;
  private final Participant owner;
  private final Participant finance;
  private final UUID organizationId;
  private final Course hotCourse;
  private final List<Course> courses;
  private final List<Course> paidCourses;

  private Stage(LocalPlatform platform) {
    this.platform = platform;
    this.gateway = Api.at(platform.gatewayUrl());
    this.mailbox = Api.at(platform.mailboxUrl());
    this.sandbox = Api.at(platform.sandboxUrl());
    this.databases = new Databases(platform.postgres());
    this.processes = new Processes(platform);
    this.finance = Participant.logsIn(this, "finance@cpd.local", STAFF_PASSWORD);
    this.owner = Participant.signsUp(this, "olga-owner");
    this.participants =
        IntStream.range(0, PARTICIPANTS)
            .mapToObj(number -> Participant.signsUp(this, "participant-" + number))
            .toList();
    this.organizationId = found();
    this.hotCourse = publish(0);
    this.courses = IntStream.range(0, COURSES).mapToObj(_ -> publish(0)).toList();
    this.paidCourses = IntStream.range(0, COURSES).mapToObj(_ -> publish(PRICE_MINOR)).toList();
  }

  /** Signs people up and publishes events. */
  public static Stage set(LocalPlatform platform) {
    return new Stage(platform);
  }

  /** The one that takes this turn. */
  public Participant participant(int number) {
    return participants.get(number % PARTICIPANTS);
  }

  /** Free, and everybody wants it. */
  public Course hotCourse() {
    return hotCourse;
  }

  /** One of many free ones. */
  public Course course(int number) {
    return courses.get(number % COURSES);
  }

  /** One of many that cost something. */
  public Course paidCourse(int number) {
    return paidCourses.get(number % COURSES);
  }

  /** Everything goes through the gateway. */
  public Api gateway() {
    return gateway;
  }

  /** The stand-in for Stripe; its levers are under {@code /_sandbox}. */
  public Api sandbox() {
    return sandbox;
  }

  Api mailbox() {
    return mailbox;
  }

  /** For looks past the API. */
  public Databases databases() {
    return databases;
  }

  /** For what it costs. */
  public Processes processes() {
    return processes;
  }

  /** Where mails are kept, a line of JSON each. */
  Path mailFile() {
    return platform.options().home().resolve("mail").resolve("mails.jsonl");
  }

  /** Kafka's address. */
  public String kafka() {
    return platform.kafkaBootstrapServers();
  }

  /** The platform itself. */
  public LocalPlatform platform() {
    return platform;
  }

  /** Business time, which nobody has moved. */
  public Instant now() {
    return InstantSource.system().instant();
  }

  /**
   * Watches a component until closed: the statements of PostgreSQL, Flight Recorder for others.
   *
   * @param file without its extension
   */
  public Profile profile(String component, Path file) {
    if (Component.named(component) == Component.POSTGRES) {
      return StatementCounts.start(databases, file.resolveSibling(file.getFileName() + ".txt"));
    }
    Long pid =
        platform.statuses().stream()
            .filter(status -> status.name().equals(component))
            .flatMap(status -> Optional.ofNullable(status.pid()).stream())
            .findFirst()
            .orElseThrow();
    return FlightRecording.start(pid, file.resolveSibling(file.getFileName() + ".jfr"));
  }

  /** What payout-service says is the organization's, in cents. */
  long balanceMinor() {
    long sum = 0;
    for (JsonNode balance :
        owner.api().read("/api/v1/organizations/" + organizationId + "/balance").get("data")) {
      for (String part : List.of("pending", "available", "reserved", "inTransit")) {
        sum += balance.get(part).get("amountMinor").asLong();
      }
    }
    return sum;
  }

  UUID organizationId() {
    return organizationId;
  }

  /** The ledger's accounts as the platform's finance people see them. */
  JsonNode ledgerAccounts() {
    return finance.api().read("/api/v1/finance/accounts").get("data");
  }

  private UUID found() {
    JsonNode organization =
        owner
            .api()
            .write("/api/v1/organizations", Map.of("name", "Institute of Haste"), 201)
            .json();
    UUID id = UUID.fromString(organization.get("id").asString());
    // The role is in the next access token, once the gateway has heard of the change.
    return Wait.until("the owner's role", () -> isOwned(id) ? Optional.of(id) : Optional.empty());
  }

  private boolean isOwned(UUID id) {
    try {
      return owner.api().get("/api/v1/organizations/" + id + "/events").status() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Course publish(long priceMinor) {
    Instant startsAt = now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    Map<String, Object> event =
        Map.of(
            "title",
            "Sutures for beginners",
            "mode",
            "in-person",
            "startsAt",
            startsAt,
            "endsAt",
            startsAt.plus(EVENT_LASTS),
            "timeZone",
            "America/Toronto",
            "currency",
            CURRENCY,
            "capacity",
            PLACES,
            "venue",
            "Hall 1");
    String id =
        owner
            .api()
            .write("/api/v1/organizations/" + organizationId + "/events", event, 201)
            .json()
            .get("id")
            .asString();
    Map<String, Object> ticketType =
        Map.of("name", "Regular", "price", Map.of("amountMinor", priceMinor, "currency", CURRENCY));
    String path = "/api/v1/events/" + id;
    String ticketTypeId =
        owner.api().write(path + "/ticket-types", ticketType, 201).json().get("id").asString();
    owner.api().write(path + "/publication", Map.of(), 200);
    return new Course(UUID.fromString(id), UUID.fromString(ticketTypeId));
  }
}
