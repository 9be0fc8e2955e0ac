package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The keys themselves: HMAC-SHA-256 of the key's id. So a repetition of the request that makes a
 * key, whose answer was lost, has the same answer, although the key itself is stored nowhere.
 */
@Component
class ApiKeySecrets {

  private final TokenKey tokenKey;

  ApiKeySecrets(TokenKey tokenKey) {
    this.tokenKey = tokenKey;
  }

  OpaqueToken of(UUID apiKeyId) {
    return ApiKeyText.of(OpaqueToken.ofBytes(tokenKey.codeOf("api-key:" + apiKeyId)));
  }
}
