package io.cpdevents.accounts.factors;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What an authenticator app and the platform share. */
record TotpSecret(byte[] bytes) {

  /** As long as the hash, as RFC 4226 wants it. */
  private static final int LENGTH_BYTES = 20;

  private static final String ISSUER = "CPD Events";
  private static final SecureRandom RANDOM = new SecureRandom();

  static TotpSecret next() {
    byte[] bytes = new byte[LENGTH_BYTES];
    RANDOM.nextBytes(bytes);
    return new TotpSecret(bytes);
  }

  /** As people type it. */
  String text() {
    return Base32.encode(bytes);
  }

  /** As apps read it from a square code. */
  String uri(String email) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            encoded(ISSUER),
            encoded(email),
            text(),
            encoded(ISSUER),
            Totp.DIGITS,
            Totp.PERIOD_SECONDS);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
