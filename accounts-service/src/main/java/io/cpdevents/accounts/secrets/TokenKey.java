package io.cpdevents.accounts.secrets;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The service's one secret. Tokens in mails are made with it, and the signing key is encrypted
 * under a key that is derived from it for that purpose alone, so that neither reveals the other.
 *
 * @param tokenKey {@code CPD_TOKEN_KEY}, at least 32 characters
 */
@ConfigurationProperties("cpd.accounts.secrets")
public record TokenKey(String tokenKey) {

  private static final int MIN_CHARACTERS = 32;

  /** Refuses to start with a key that could be guessed. */
  public TokenKey {
    if (tokenKey.length() < MIN_CHARACTERS) {
      throw new IllegalArgumentException(
          "CPD_TOKEN_KEY must have at least %d characters".formatted(MIN_CHARACTERS));
    }
  }

  /** HMAC-SHA-256 of a message under the key: 32 bytes. */
  public byte[] codeOf(String message) {
    return HmacSha256.of(tokenKey.getBytes(StandardCharsets.UTF_8), message);
  }

  /** A 256-bit key that is derived for one purpose. */
  public byte[] keyFor(String purpose) {
    return codeOf("purpose:" + purpose);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
