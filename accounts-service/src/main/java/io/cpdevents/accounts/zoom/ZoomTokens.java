package io.cpdevents.accounts.zoom;

import java.time.Duration;

/**
 * What Zoom has given for a code or a refresh token.
 *
 * @param life how long the access token counts
 * @param scopes what was allowed, by blanks
 */
record ZoomTokens(String accessToken, String refreshToken, Duration life, String scopes) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
