package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.secrets.HmacSha256;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.accounts.secrets.TokenKey;
import io.cpdevents.platform.time.SystemTime;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What passkeys sign: made by us, for one purpose, for five minutes, and known again by an HMAC, so
 * that asking for one stores nothing. That it counts once is up to {@link UsedChallenges}.
 */
@Component
class Challenges {

  static final Duration MAX_ANSWER_TIME = Duration.ofMinutes(5);

  private static final int RANDOM_BYTES = 16;
  private static final int HEAD_BYTES = RANDOM_BYTES + Long.BYTES;
  private static final int CODE_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final SystemTime systemTime;

  Challenges(TokenKey tokenKey, SystemTime systemTime) {
    this.key = tokenKey.keyFor("passkey challenges");
    this.systemTime = systemTime;
  }

  /**
   * A new one.
   *
   * @param sessionId which may answer it by a new passkey; null: anybody by one that is there
   */
  byte[] next(@Nullable UUID sessionId) {
    return until(systemTime.now().plus(MAX_ANSWER_TIME), sessionId);
  }

  /** One that counts until then. */
  byte[] until(Instant expiresAt, @Nullable UUID sessionId) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    ByteBuffer challenge = ByteBuffer.allocate(HEAD_BYTES + CODE_BYTES);
    challenge.put(random);
    challenge.putLong(expiresAt.getEpochSecond());
    challenge.put(code(Arrays.copyOf(challenge.array(), HEAD_BYTES), sessionId));
    return challenge.array();
  }

  /** Whether it is one of ours for this, and not too old. */
  boolean isOurs(byte[] challenge, @Nullable UUID sessionId) {
    if (challenge.length != HEAD_BYTES + CODE_BYTES) {
      return false;
    }
    byte[] head = Arrays.copyOf(challenge, HEAD_BYTES);
    byte[] sent = Arrays.copyOfRange(challenge, HEAD_BYTES, challenge.length);
    return MessageDigest.isEqual(code(head, sessionId), sent)
        && systemTime.now().isBefore(expiresAt(challenge));
  }

  static Instant expiresAt(byte[] challenge) {
    return Instant.ofEpochSecond(ByteBuffer.wrap(challenge).getLong(RANDOM_BYTES));
  }

  static byte[] sha256(byte[] challenge) {
    return Sha256.of(challenge);
  }

  private byte[] code(byte[] head, @Nullable UUID sessionId) {
    return HmacSha256.of(
        key, HexFormat.of().formatHex(head) + (sessionId == null ? " log-in" : " in " + sessionId));
  }
}
