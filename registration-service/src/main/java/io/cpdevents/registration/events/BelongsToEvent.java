package io.cpdevents.registration.events;

import java.util.Map;
import java.util.UUID;

/** What belongs to an event and is kept elsewhere. */
public interface BelongsToEvent {

  /**
   * The copy of an event that is being made.
   *
   * @param ticketTypes those of the copy, by those that they are copies of
   */
  record Copying(UUID fromEventId, UUID toEventId, Map<UUID, UUID> ticketTypes) {}

  /** Gives a new event, in the transaction that makes it, the same as another one. */
  void copy(Copying copying);
}
