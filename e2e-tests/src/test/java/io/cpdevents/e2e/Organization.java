package io.cpdevents.e2e;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An organization that publishes events. */
public final class Organization {

  private static final Duration UNTIL_EVENT = Duration.ofDays(60);
  private static final Duration EVENT_LASTS = Duration.ofHours(3);
  private static final String CURRENCY = "CAD";

  private final World world;
  private final Person owner;
  private final UUID id;

  Organization(World world, Person owner, UUID id) {
    this.world = world;
    this.owner = owner;
    this.id = id;
  }

  public UUID id() {
    return id;
  }

  /**
   * Publishes an event with one kind of ticket.
   *
   * @param priceMinor in cents; 0 is free
   */
  public PublishedEvent publishes(int places, long priceMinor) {
    var startsAt = world.now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    JsonNode event =
        owner
            .api()
            .post(
                "/api/v1/organizations/" + id + "/events",
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
                    places,
                    "venue",
                    "Hall 1"))
            .expect(201)
            .json();
    String path = "/api/v1/events/" + event.get("id").asString();
    JsonNode ticketType =
        owner
            .api()
            .post(
                path + "/ticket-types",
                Map.of(
                    "name",
                    "Regular",
                    "price",
                    Map.of("amountMinor", priceMinor, "currency", CURRENCY)))
            .expect(201)
            .json();
    owner.api().post(path + "/publication", Map.of()).expect(200);
    return new PublishedEvent(
        world,
        UUID.fromString(event.get("id").asString()),
        UUID.fromString(ticketType.get("id").asString()));
  }

  /** What payout-service says is its own, in cents; all states together. */
  long balanceMinor() {
    JsonNode balances =
        owner.api().get("/api/v1/organizations/" + id + "/balance").expect(200).json().get("data");
    long sum = 0;
    for (JsonNode balance : balances) {
      for (String part : new String[] {"pending", "available", "reserved", "inTransit"}) {
        sum += balance.get(part).get("amountMinor").asLong();
      }
    }
    return sum;
  }
}
