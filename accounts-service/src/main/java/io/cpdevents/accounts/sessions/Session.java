package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A person who is logged in on one device. */
record Session(
    UUID id,
    UUID accountId,
    RequestOrigin origin,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt) {

  /** After this a session is over, used or not. */
  static final Duration MAX_LIFE = Duration.ofDays(30);

  /** After this without a request a session is over. */
  static final Duration MAX_IDLE = Duration.ofDays(14);

  static Session opened(UUID id, UUID accountId, RequestOrigin origin, Instant now) {
    return new Session(id, accountId, origin, now, now, now.plus(MAX_LIFE));
  }

  /** When it ends if nothing more comes. */
  Instant endsAt() {
    Instant idleEnd = lastSeenAt.plus(MAX_IDLE);
    return idleEnd.isBefore(expiresAt) ? idleEnd : expiresAt;
  }
}
