package io.cpdevents.benchmarks.stage;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A running platform with people and events, ready for load. */
public final class Stage implements AutoCloseable {

  /** How many people take turns. */
  public static final int PARTICIPANTS = 16;

  /** How many events registrations are spread over. */
  public static final int EVENTS = 100;

  /** Takes everything off what the events that cost something cost. */
  public static final String FREE_CODE = "ALL-OFF";

  private static final int PLACES = 1_000_000;
  private static final long PRICE_MINOR = 80_00;
  private static final int ALL_BASIS_POINTS = 10_000;

  private final LocalPlatform platform;
  private final World world;
  private final Processes processes;
  private final List<Person> participants;
  private final PublishedEvent hotEvent;
  private final List<PublishedEvent> events;
  private final List<PublishedEvent> paidEvents;

  private Stage(LocalPlatform platform) {
    this.platform = platform;
    this.world = World.at(platform.address());
    this.processes = new Processes(platform);
    this.participants =
        IntStream.range(0, PARTICIPANTS).mapToObj(_ -> world.somebody("Gus Guest")).toList();
    Organization organization = world.anOrganization().triesProfessional();
    this.hotEvent = organization.publishes(PLACES, 0);
    this.events = publish(organization, 0);
    this.paidEvents = publish(organization, PRICE_MINOR);
    organization.makesPromoCode(FREE_CODE, Map.of("percentOff", ALL_BASIS_POINTS));
  }

  /** Signs people up and publishes events. */
  public static Stage set(LocalPlatform platform) {
    return new Stage(platform);
  }

  private static List<PublishedEvent> publish(Organization organization, long priceMinor) {
    return IntStream.range(0, EVENTS)
        .mapToObj(_ -> organization.publishes(PLACES, priceMinor))
        .toList();
  }

  /** The one that takes this turn. */
  public Person participant(int number) {
    return participants.get(number % PARTICIPANTS);
  }

  /** Free, and everybody wants it. */
  public PublishedEvent hotEvent() {
    return hotEvent;
  }

  /** One of many free ones. */
  public PublishedEvent event(int number) {
    return events.get(number % EVENTS);
  }

  /** One of many that cost something. */
  public PublishedEvent paidEvent(int number) {
    return paidEvents.get(number % EVENTS);
  }

  /** Who acts, and what must be true. */
  public World world() {
    return world;
  }

  /** For what it costs. */
  public Processes processes() {
    return processes;
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
      return StatementCounts.start(
          world.databases(), file.resolveSibling(file.getFileName() + ".txt"));
    }
    Long pid =
        platform.statuses().stream()
            .filter(status -> status.name().equals(component))
            .flatMap(status -> Optional.ofNullable(status.pid()).stream())
            .findFirst()
            .orElseThrow();
    return FlightRecording.start(pid, file.resolveSibling(file.getFileName() + ".jfr"));
  }

  /** The platform goes on. */
  @Override
  public void close() {
    world.close();
  }
}
