package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The tokens in links of mails: HMAC-SHA-256 of the request's id and of what the link is for. So a
 * mail that is sent again has the same link, although the token itself is stored nowhere, and a
 * link for one purpose is worth nothing for another.
 */
@Component
class LinkTokens {

  private final TokenKey key;

  LinkTokens(TokenKey key) {
    this.key = key;
  }

  OpaqueToken passwordReset(UUID requestId) {
    return token("password-reset", requestId);
  }

  OpaqueToken emailChange(UUID changeId) {
    return token("email-change", changeId);
  }

  OpaqueToken emailRevert(UUID changeId) {
    return token("email-revert", changeId);
  }

  private OpaqueToken token(String purpose, UUID id) {
    return OpaqueToken.ofBytes(key.codeOf("link:" + purpose + ":" + id));
  }
}
