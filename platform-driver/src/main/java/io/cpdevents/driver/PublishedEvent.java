package io.cpdevents.driver;

import java.util.UUID;

/** An event that people can register for, with one kind of ticket. */
public record PublishedEvent(World world, UUID id, UUID ticketTypeId) {

  /** Where it is in the API. */
  public String path() {
    return "/api/v1/events/" + id;
  }

  /** Where one registers for it. */
  public String registrationsPath() {
    return path() + "/registrations";
  }

  /** As everybody sees it. */
  public int placesLeft() {
    return world.api().get(path()).expect(200).json().path("placesLeft").asInt();
  }
}
