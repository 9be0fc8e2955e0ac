package io.cpdevents.accounts.sessions;

import java.time.Instant;
import java.util.UUID;

/**
 * A session as its owner sees it.
 *
 * @param place the IP address that it was last seen from
 * @param expiresAt when it ends if no further request comes
 * @param current whether it is the session of the request that asks
 */
public record SessionView(
    UUID id,
    String device,
    String place,
    Instant createdAt,
    Instant lastSeenAt,
    Instant expiresAt,
    boolean current) {

  static SessionView of(Session session, boolean current) {
    return new SessionView(
        session.id(),
        session.origin().device(),
        session.origin().ipAddress(),
        session.createdAt(),
        session.lastSeenAt(),
        session.endsAt(),
        current);
  }
}
