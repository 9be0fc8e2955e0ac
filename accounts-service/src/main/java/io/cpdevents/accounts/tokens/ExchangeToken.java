package io.cpdevents.accounts.tokens;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.LiveSessions;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import org.springframework.stereotype.Component;

/** The gateway exchanges a session's token for a signed one, which services trust for a minute. */
@Component
public class ExchangeToken {

  private final LiveSessions sessions;
  private final AccessTokens accessTokens;

  ExchangeToken(LiveSessions sessions, AccessTokens accessTokens) {
    this.sessions = sessions;
    this.accessTokens = accessTokens;
  }

  /**
   * The signed token.
   *
   * @throws RuleViolation 401 {@code session-invalid}
   */
  public AccessToken handle(OpaqueToken token, RequestOrigin origin) {
    return sessions
        .find(token, origin)
        .map(accessTokens::sign)
        .orElseThrow(() -> CommonProblem.SESSION_INVALID.violation());
  }
}
