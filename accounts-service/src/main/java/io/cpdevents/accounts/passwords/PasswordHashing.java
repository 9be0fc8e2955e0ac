package io.cpdevents.accounts.passwords;

import io.cpdevents.platform.error.RuleViolation;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id at OWASP's minimum (19 MiB, 2 iterations, 1 lane). One hash keeps
 * a core busy for about 25 ms, so no more run at once than there are cores; who cannot start within
 * a bounded wait is sent away rather than queued without end.
 */
@Component
public class PasswordHashing {

  static final int MEMORY_KIB = 19_456;
  static final int ITERATIONS = 2;
  static final int LANES = 1;
  static final int SALT_BYTES = 16;
  static final int HASH_BYTES = 32;

  /** The refusal when no hash can start in time. */
  public static final String BUSY = "server-busy";

  private static final Duration MAX_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** A well-formed hash that no password has: checking against it takes as long as any other. */
  private static final String NOBODYS_HASH =
      "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(
              MEMORY_KIB,
              ITERATIONS,
              LANES,
              base64(new byte[SALT_BYTES]),
              base64(new byte[HASH_BYTES]));

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, ITERATIONS);
  private final Semaphore permits;
  private final Duration waitMax;

  @Autowired
  PasswordHashing() {
    this(Runtime.getRuntime().availableProcessors(), MAX_WAIT);
  }

  PasswordHashing(int hashesAtOnce, Duration waitMax) {
    this.permits = new Semaphore(hashesAtOnce, true);
    this.waitMax = waitMax;
  }

  /**
   * The hash to store.
   *
   * @throws RuleViolation 429 {@code server-busy}
   */
  public String hash(Password password) {
    acquire();
    try {
      return Objects.requireNonNull(encoder.encode(password.normalized()));
    } finally {
      permits.release();
    }
  }

  /**
   * Whether the password is the one that was hashed.
   *
   * @param stored null when there is no account: it takes as long and is always false
   * @throws RuleViolation 429 {@code server-busy}
   */
  public boolean matches(Password password, @Nullable String stored) {
    acquire();
    try {
      return encoder.matches(password.normalized(), stored == null ? NOBODYS_HASH : stored);
    } finally {
      permits.release();
    }
  }

  private void acquire() {
    try {
      if (permits.tryAcquire(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw busy();
  }

  private static RuleViolation busy() {
    return RuleViolation.tooManyRequests(
        BUSY, "Too many people log in at once; try again.", RETRY_AFTER);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
