package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A mail about a forgotten password whose link still counts.
 *
 * @param id the id of the request that asked for it; its token is made from this id
 * @param origin where it was asked for; the mail tells it
 */
record PasswordReset(
    UUID id, UUID accountId, RequestOrigin origin, Instant requestedAt, Instant expiresAt) {

  /** How long a link counts. */
  static final Duration LINK_LIFETIME = Duration.ofMinutes(30);

  static PasswordReset requested(UUID id, UUID accountId, RequestOrigin origin, Instant now) {
    return new PasswordReset(id, accountId, origin, now, now.plus(LINK_LIFETIME));
  }
}
