package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The tokens in verification links: HMAC-SHA-256 of the request id, so that a mail which is sent
 * again has the same link although the token is stored nowhere.
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
