package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What happens to somebody who waits for places of an event. */
public sealed interface WaitlistEvent extends Event {

  UUID entryId();

  UUID eventId();

  @Override
  default Topic topic() {
    return Topic.REGISTRATION_WAITLIST_ENTRIES;
  }

  @Override
  default String key() {
    return entryId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("waitlistEntryId", entryId().toString(), "eventId", eventId().toString());
  }

  /**
   * Places have come back and are held for whoever waits for them.
   *
   * @param accountId who waits
   * @param offerExpiresAt until when they are held
   */
  record PlacesOffered(
      UUID entryId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      Instant offerExpiresAt,
      Instant offeredAt)
      implements WaitlistEvent {}

  /** Nobody has accepted the offer in time; its places go to the next one who waits. */
  record OfferExpired(
      UUID entryId, UUID accountId, UUID eventId, UUID organizationId, Instant expiredAt)
      implements WaitlistEvent {}

  /**
   * The organization has given somebody another position.
   *
   * @param moveId one for each move
   * @param position 1 is the first
   */
  record WaitlistEntryMoved(
      UUID entryId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID moveId,
      int position,
      Instant movedAt)
      implements WaitlistEvent {}
}
