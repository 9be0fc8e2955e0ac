package io.cpdevents.accounts.tokens;

import java.time.Instant;
import java.util.UUID;

/**
 * A signed token and what is in it.
 *
 * @param expiresAt in system time
 */
public record AccessToken(String accessToken, UUID accountId, UUID sessionId, Instant expiresAt) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
