package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The tokens in verification links: HMAC-SHA-256 of the request id. So a mail that is sent again
 * has the same link, although the token itself is stored nowhere.
 */
@Component
class VerificationTokens {

  private final TokenKey key;

  VerificationTokens(TokenKey key) {
    this.key = key;
  }

  OpaqueToken tokenFor(UUID requestId) {
    return OpaqueToken.ofBytes(key.codeOf(requestId.toString()));
  }
}
