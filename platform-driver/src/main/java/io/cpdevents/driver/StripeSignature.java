package io.cpdevents.driver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header by which Stripe's webhooks are known (https://docs.stripe.com/webhooks/signature). */
public final class StripeSignature {

  private static final String ALGORITHM = "HmacSHA256";

  private StripeSignature() {}

  /** The value of {@code Stripe-Signature} for this body, signed at this time. */
  public static String of(String secret, Instant at, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String signed = at.getEpochSecond() + "." + body;
      byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "t=%d,v1=%s".formatted(at.getEpochSecond(), HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
