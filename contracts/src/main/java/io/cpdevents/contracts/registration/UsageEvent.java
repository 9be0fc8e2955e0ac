package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.UUID;

/** How much an organization has used of what its plan allows. */
public sealed interface UsageEvent extends Event {

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.REGISTRATION_USAGE_MARKS;
  }

  @Override
  default String key() {
    return organizationId().toString();
  }

  /**
   * So much of the registrations of a period is used. Told once for each mark, period and limit.
   *
   * @param percent the mark: 80 or 100
   * @param limit confirmed registrations, beyond which nothing more may be published in the period
   * @param periodEndsAt when the next period begins
   */
  record UsageMarkReached(
      UUID organizationId,
      int percent,
      int registrations,
      int limit,
      Instant periodEndsAt,
      Instant reachedAt)
      implements UsageEvent {}
}
