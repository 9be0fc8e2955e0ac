package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The two secrets of an authorization: HMAC-SHA-256 of its id, so that neither is stored. The state
 * goes through the browser; the verifier goes to Zoom with the code alone (RFC 7636).
 */
@Component
class ZoomAuthorizationSecrets {

  private final TokenKey key;

  ZoomAuthorizationSecrets(TokenKey key) {
    this.key = key;
  }

  OpaqueToken stateOf(UUID authorizationId) {
    return OpaqueToken.ofBytes(key.codeOf("zoom-state:" + authorizationId));
  }

  OpaqueToken verifierOf(UUID authorizationId) {
    return OpaqueToken.ofBytes(key.codeOf("zoom-verifier:" + authorizationId));
  }

  /** The digest of the verifier by the method S256. */
  String challengeOf(UUID authorizationId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifierOf(authorizationId).value()));
  }
}
