package io.cpdevents.driver;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app on the phone of somebody, and the recovery codes that came with it. */
public final class AuthenticatorApp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SECRET_BYTES = 20;
  private static final int PERIOD_SECONDS = 30;

  /** The platform takes the codes of the periods beside the present one as well. */
  private static final int DRIFT = 1;

  private static final Wait A_PERIOD =
      Wait.atMost(Duration.ofSeconds(PERIOD_SECONDS + 5)).lookingEvery(Duration.ofMillis(200));

  private final World world;
  private final byte[] secret;
  private final List<String> recoveryCodes = new ArrayList<>();
  private long nextStep = now() - DRIFT;

  private AuthenticatorApp(World world, String secret) {
    this.world = world;
    this.secret = decoded(secret);
    world.keepSecret(secret);
  }

  /** Somebody sets one up. */
  public static AuthenticatorApp setUpBy(World world, Person person) {
    AuthenticatorApp app =
        new AuthenticatorApp(
            world, person.provenApi().post("/api/v1/me/totp", Map.of()).expect(201).text("secret"));
    person
        .api()
        .post("/api/v1/me/totp/confirmation", Map.of("totpCode", app.nextCode()))
        .expect(200)
        .json()
        .path("recoveryCodes")
        .forEach(code -> app.recoveryCodes.add(code.asString()));
    app.recoveryCodes.forEach(world::keepSecret);
    return app;
  }

  /** A code that was not typed yet; it may have to be waited for. */
  public String nextCode() {
    world.await("a code that counts", A_PERIOD, () -> nextStep <= now() + DRIFT);
    nextStep = Math.max(nextStep, now() - DRIFT);
    return code(nextStep++);
  }

  /** What was written down. */
  public List<String> recoveryCodes() {
    return List.copyOf(recoveryCodes);
  }

  private static long now() {
    return Instant.now().getEpochSecond() / PERIOD_SECONDS;
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 0xf, Integer.BYTES).getInt();
      String digits = Integer.toString((number & Integer.MAX_VALUE) % 1_000_000);
      return "0".repeat(6 - digits.length()) + digits;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decoded(String text) {
    BigInteger number = BigInteger.ZERO;
    for (int at = 0; at < text.length(); at++) {
      number = number.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(text.charAt(at))));
    }
    byte[] bytes = new byte[SECRET_BYTES];
    for (int i = SECRET_BYTES - 1; i >= 0; i--) {
      bytes[i] = number.byteValue();
      number = number.shiftRight(Byte.SIZE);
    }
    return bytes;
  }
}
