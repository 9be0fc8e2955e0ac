package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.secrets.OpaqueToken;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What an API key looks like: {@code cpdk_}, by which programs that look for leaked secrets know
 * it, 256 bits as base64url, and a checksum, by which the gateway knows a mistyped one.
 */
public final class ApiKeyText {

  private static final String PREFIX = "cpdk_";
  private static final int HINT_CHARACTERS = 9;

  private ApiKeyText() {}

  /** Whether a bearer token is an API key, and not that of a session. */
  public static boolean isOne(OpaqueToken token) {
    return token.value().startsWith(PREFIX);
  }

  static OpaqueToken of(OpaqueToken secret) {
    String text = PREFIX + secret.value();
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.US_ASCII));
    return new OpaqueToken(text + "%08x".formatted(sum.getValue()));
  }

  /** Its first characters, by which people tell their keys apart. */
  static String hintOf(OpaqueToken key) {
    return key.value().substring(0, HINT_CHARACTERS);
  }
}
