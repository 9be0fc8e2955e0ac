package io.cpdevents.accounts.secrets;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token that means nothing by itself: 256 random bits as base64url. Only its SHA-256 is stored.
 */
public record OpaqueToken(String value) {

  private static final int LENGTH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new token. */
  public static OpaqueToken next() {
    byte[] bytes = new byte[LENGTH_BYTES];
    RANDOM.nextBytes(bytes);
    return ofBytes(bytes);
  }

  /** The token with these bytes. */
  public static OpaqueToken ofBytes(byte[] bytes) {
    return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The token that a client sent. */
  public static OpaqueToken from(SecretText sent) {
    return new OpaqueToken(sent.value());
  }

  /** Its digest, which is stored in its place. */
  public byte[] sha256() {
    return Sha256.of(value);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
