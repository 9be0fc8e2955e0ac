package io.cpdevents.billing.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body was signed by Stripe: {@code Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>]},
 * HMAC-SHA-256 over {@code <t>.<body>} (https://docs.stripe.com/webhooks#verify-manually).
 *
 * <p>Stripe's own library is not used here: a malformed header makes it throw exceptions of many
 * kinds, and it accepts any time in the future.
 */
final class SignatureCheck {

  /** How far the signature's time may be from the machine's, both ways. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MAX_HEADER_CHARACTERS = 4_096;
  private static final int MAX_SIGNATURES = 16;
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{64}");

  private record Header(String time, List<byte[]> signatures) {}

  private SignatureCheck() {}

  /**
   * Whether one of the secrets has signed the body within the tolerance.
   *
   * @param header as it came; null when it is missing
   * @param now the machine's time
   */
  static boolean isSigned(byte[] body, @Nullable String header, List<String> secrets, Instant now) {
    Header parsed = header == null ? null : parse(header);
    if (parsed == null) {
      return false;
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(parsed.time()));
    if (Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    boolean matches = false;
    for (String secret : secrets) {
      byte[] expected = sign(secret, parsed.time(), body);
      for (byte[] signature : parsed.signatures()) {
        matches |= MessageDigest.isEqual(expected, signature);
      }
    }
    return matches;
  }

  private static @Nullable Header parse(String header) {
    if (header.length() > MAX_HEADER_CHARACTERS) {
      return null;
    }
    String time = null;
    List<byte[]> signatures = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        return null;
      }
      String name = part.substring(0, equals).strip();
      String value = part.substring(equals + 1).strip();
      if (name.equals("t") && SECONDS.matcher(value).matches()) {
        time = value;
      } else if (name.equals("v1") && SIGNATURE.matcher(value).matches()) {
        signatures.add(HexFormat.of().parseHex(value));
      }
    }
    if (time == null || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      return null;
    }
    return new Header(time, signatures);
  }

  private static byte[] sign(String secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
