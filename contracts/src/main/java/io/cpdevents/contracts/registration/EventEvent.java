package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
   * @param latestEndsAt the latest end that it has had since somebody registered: what was sold
   *     before it was moved is released by the later of both ends; null: told by an older version,
   *     the end counts
   * @param mode {@code in-person}, {@code online} or {@code hybrid}; null: told by an older
   *     version, it is not known
   */
  record EventChanged(
      UUID eventId,
      long version,
      UUID organizationId,
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      String status,
      @Nullable Instant latestEndsAt,
      @Nullable String mode)
      implements EventEvent {}
}
