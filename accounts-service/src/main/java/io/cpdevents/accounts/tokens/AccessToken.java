package io.cpdevents.accounts.tokens;

import java.time.Instant;
import java.util.UUID;

/**
 * A signed token and some of its claims.
 *
 * @param expiresAt in system time
 */
public record AccessToken(String accessToken, UUID accountId, UUID sessionId, Instant expiresAt) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
