package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A person's log-in on one device. */
record Session(
    UUID id,
    UUID accountId,
    RequestOrigin origin,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt) {

  /** A session ends after this time, used or not. */
  static final Duration MAX_LIFETIME = Duration.ofDays(30);

  /**
   * A session of somebody with a role on the platform ends after this time, used or not: a working
   * day, for who can reach the data of all.
   */
  static final Duration MAX_STAFF_LIFETIME = Duration.ofHours(12);

  /** A session ends after this time without a request. */
  static final Duration MAX_IDLE_TIME = Duration.ofDays(14);

  static Session opened(UUID id, UUID accountId, RequestOrigin origin, Instant now) {
    return new Session(id, accountId, origin, now, now, now.plus(MAX_LIFETIME));
  }

  Session expiringAt(Instant time) {
    return new Session(id, accountId, origin, createdAt, lastSeenAt, time);
  }

  /** When it ends if no further request comes. */
  Instant endsAt() {
    Instant idleEnd = lastSeenAt.plus(MAX_IDLE_TIME);
    return idleEnd.isBefore(expiresAt) ? idleEnd : expiresAt;
  }
}
