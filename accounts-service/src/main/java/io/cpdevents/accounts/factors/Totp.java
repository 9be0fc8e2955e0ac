package io.cpdevents.accounts.factors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of RFC 6238, as authenticator apps make them: six digits for each period of 30 seconds,
 * by HMAC-SHA-1, which is all that most of them know.
 */
final class Totp {

  static final int PERIOD_SECONDS = 30;
  static final int DIGITS = 6;

  /** The clock of a phone may be as many periods away, in either direction. */
  private static final int MAX_DRIFT_PERIODS = 1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /** The period of a time. */
  static long stepAt(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), (long) PERIOD_SECONDS);
  }

  /** The code of a period. */
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * The period of which somebody has typed the code: the present one, or one beside it. Of two that
   * have the same code it is the later one, so that neither counts again.
   */
  static OptionalLong stepOf(byte[] secret, String typed, Instant now) {
    byte[] digits = digitsOf(typed).getBytes(StandardCharsets.UTF_8);
    long present = stepAt(now);
    return LongStream.rangeClosed(present - MAX_DRIFT_PERIODS, present + MAX_DRIFT_PERIODS)
        .filter(step ->
            MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), digits))
        .max();
  }

  /** Apps show a blank in the middle, and people type it. */
  private static String digitsOf(String typed) {
    return typed.replaceAll("[\\s-]", "");
  }
}
