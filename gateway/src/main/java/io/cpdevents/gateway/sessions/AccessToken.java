package io.cpdevents.gateway.sessions;

import java.time.Duration;
import java.util.UUID;

/**
 * The access token that a session token was exchanged for.
 *
 * @param authorization the value of the header {@code Authorization} for services
 * @param exchangeBegunNanos when the exchange began, by {@link System#nanoTime}
 * @param usableFor how long the token may be used from then on
 */
public record AccessToken(
    String authorization,
    UUID accountId,
    UUID sessionId,
    long exchangeBegunNanos,
    Duration usableFor) {

  /** Whether it has not expired. */
  boolean isFresh() {
    return System.nanoTime() - exchangeBegunNanos < usableFor.toNanos();
  }

  @Override
  public String toString() {
    return "AccessToken[sessionId=" + sessionId + "]";
  }
}
