package io.cpdevents.e2e;

import java.util.UUID;

/** An event that people can register for. */
public record PublishedEvent(World world, UUID id, UUID ticketTypeId) {

  public String path() {
    return "/api/v1/events/" + id;
  }

  /** As everybody sees it. */
  int placesLeft() {
    return world.api().get(path()).expect(200).json().get("placesLeft").asInt();
  }
}
