package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The tokens in the links of invitations: HMAC-SHA-256 of the invitation's id. So a mail that is
 * sent again has the same link, although the token itself is stored nowhere.
 */
@Component
class InvitationTokens {

  private final TokenKey key;

  InvitationTokens(TokenKey key) {
    this.key = key;
  }

  OpaqueToken tokenFor(UUID invitationId) {
    return OpaqueToken.ofBytes(key.codeOf("invitation:" + invitationId));
  }
}
