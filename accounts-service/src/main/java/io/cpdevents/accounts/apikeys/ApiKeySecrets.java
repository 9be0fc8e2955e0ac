package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys themselves: HMAC-SHA-256 of the key's id. So a repetition of the request that makes a
 * key, whose answer was lost, has the same answer, although the key itself is stored nowhere.
 */
@Component
class ApiKeySecrets {

  private final TokenKey tokenKey;
  private final List<TokenKey> formerTokenKeys;

  /**
   * From the configuration.
   *
   * @param former what {@code CPD_TOKEN_KEY} was before
   */
  ApiKeySecrets(
      TokenKey tokenKey, @Value("${cpd.accounts.former-token-keys:}") List<String> former) {
    this.tokenKey = tokenKey;
    this.formerTokenKeys = former.stream().map(TokenKey::new).toList();
  }

  /** The key of a new id. */
  OpaqueToken of(UUID apiKeyId) {
    return of(tokenKey, apiKeyId);
  }

  /** The key that was made for this id, whatever {@code CPD_TOKEN_KEY} was then. */
  OpaqueToken madeBefore(UUID apiKeyId, byte[] sha256) {
    return Stream.concat(Stream.of(tokenKey), formerTokenKeys.stream())
        .map(each -> of(each, apiKeyId))
        .filter(key -> MessageDigest.isEqual(key.sha256(), sha256))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "CPD_FORMER_TOKEN_KEYS lacks the key under which %s was made".formatted(apiKeyId)));
  }

  private static OpaqueToken of(TokenKey tokenKey, UUID apiKeyId) {
    return ApiKeyText.of(OpaqueToken.ofBytes(tokenKey.codeOf("api-key:" + apiKeyId)));
  }
}
