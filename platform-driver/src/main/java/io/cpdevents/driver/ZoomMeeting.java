package io.cpdevents.driver;

import io.cpdevents.driver.http.Api;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An event's meeting, as its host sees it at the stand-in for Zoom. */
public record ZoomMeeting(World world, long id) {

  /** Waits until an event has one, at Zoom as it is connected now. */
  public static ZoomMeeting awaitedFor(ZoomConnection connection, PublishedEvent event) {
    World world = event.world();
    return new ZoomMeeting(
        world,
        world.awaitThere(
            "the meeting of event " + event.id(),
            () -> find(world, connection.grant(), event.id())));
  }

  /** Whether an event has one. */
  public static boolean existsFor(World world, long grant, UUID eventId) {
    return find(world, grant, eventId).isPresent();
  }

  private static Optional<Long> find(World world, long grant, UUID eventId) {
    return at(world)
        .get("/_sandbox/zoom/grants/" + grant + "/meetings")
        .expect(200)
        .json()
        .valueStream()
        .filter(meeting -> meeting.path("agenda").asString().contains(eventId.toString()))
        .map(meeting -> meeting.path("id").asLong())
        .findFirst();
  }

  /** The addresses of who is registered. */
  public List<String> registrants() {
    return rows().stream().map(row -> row.path("email").asString()).toList();
  }

  /** Somebody who is registered comes by their link, and leaves. */
  public void isAttendedBy(String email, Instant from, Instant to) {
    String registrantId =
        rows().stream()
            .filter(row -> row.path("email").asString().equalsIgnoreCase(email))
            .map(row -> row.path("id").asString())
            .findFirst()
            .orElseThrow(() -> new NotAsExpected("nobody is registered as " + email));
    at(world)
        .post(
            "/_sandbox/zoom/meetings/" + id + "/participants",
            Map.of("registrantId", registrantId, "joinTime", from, "leaveTime", to))
        .expect(201);
  }

  private List<JsonNode> rows() {
    return at(world)
        .get("/_sandbox/zoom/meetings/" + id + "/registrants")
        .expect(200)
        .json()
        .valueStream()
        .toList();
  }

  private static Api at(World world) {
    return Api.at(world.address().sandboxUrl());
  }
}
