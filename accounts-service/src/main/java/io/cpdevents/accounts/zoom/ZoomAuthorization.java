package io.cpdevents.accounts.zoom;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody has gone to Zoom to allow what we ask for.
 *
 * @param sessionId the session that they come back with, or nothing is connected
 */
record ZoomAuthorization(
    UUID id, UUID organizationId, UUID sessionId, String returnUrl, Instant expiresAt) {

  /** How long they may take. */
  static final Duration LIFETIME = Duration.ofMinutes(10);
}
