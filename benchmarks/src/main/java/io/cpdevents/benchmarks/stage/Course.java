package io.cpdevents.benchmarks.stage;

import java.util.UUID;

/** A published event with one kind of ticket. */
public record Course(UUID id, UUID ticketTypeId) {

  /** Where one registers for it. */
  public String registrationsPath() {
    return "/api/v1/events/" + id + "/registrations";
  }
}
