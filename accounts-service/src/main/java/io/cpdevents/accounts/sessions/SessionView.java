package io.cpdevents.accounts.sessions;

import java.time.Instant;
import java.util.UUID;

/**
 * A session as its owner sees it.
 *
 * @param place the IP address that it was last seen from
 * @param expiresAt when it ends if nothing more comes
 * @param current whether the request that asks came with it
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
