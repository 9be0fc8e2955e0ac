package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A published event as it is. Compacted: the latest record is the whole truth. */
public sealed interface EventEvent extends Event {

  UUID eventId();

  @Override
  default Topic topic() {
    return Topic.REGISTRATION_EVENTS;
  }

  @Override
  default String key() {
    return eventId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("eventId", eventId().toString());
  }

  /**
   * The event as it is now; told from its publication on.
   *
   * @param version rises by one with each change; older versions are ignored
   * @param timeZone IANA
   * @param status {@code published} or {@code cancelled}
   */
  record EventChanged(
      UUID eventId,
      long version,
      UUID organizationId,
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      String status)
      implements EventEvent {}
}
