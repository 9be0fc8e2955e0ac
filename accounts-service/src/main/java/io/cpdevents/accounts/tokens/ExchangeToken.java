package io.cpdevents.accounts.tokens;

import io.cpdevents.accounts.apikeys.ApiKeyText;
import io.cpdevents.accounts.apikeys.AuthenticateApiKey;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.LiveSessions;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The gateway exchanges a session's token, or an API key, for a signed token, which services trust
 * for a minute.
 */
@Component
public class ExchangeToken {

  private final LiveSessions sessions;
  private final AuthenticateApiKey authenticateApiKey;
  private final AccessTokens accessTokens;

  ExchangeToken(
      LiveSessions sessions, AuthenticateApiKey authenticateApiKey, AccessTokens accessTokens) {
    this.sessions = sessions;
    this.authenticateApiKey = authenticateApiKey;
    this.accessTokens = accessTokens;
  }

  /**
   * The signed token.
   *
   * @throws RuleViolation 401 {@code session-invalid}
   */
  public AccessToken handle(OpaqueToken token, RequestOrigin origin) {
    Optional<AccessToken> signed =
        ApiKeyText.isOne(token)
            ? authenticateApiKey.handle(token, origin).map(accessTokens::sign)
            : sessions.find(token, origin).map(accessTokens::sign);
    return signed.orElseThrow(() -> CommonProblem.SESSION_INVALID.violation());
  }
}
