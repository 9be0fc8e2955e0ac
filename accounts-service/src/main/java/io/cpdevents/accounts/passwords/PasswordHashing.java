package io.cpdevents.accounts.passwords;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id at OWASP's minimum (19 MiB, 2 iterations, 1 lane). A hash keeps a
 * core busy for about 25 ms, so a bulkhead admits as many at once as there are cores. A request
 * that waits too long for it is refused, so that no queue grows without end.
 */
@Component
public class PasswordHashing {

  static final int MEMORY_KIB = 19_456;
  static final int ITERATIONS = 2;
  static final int LANES = 1;
  static final int SALT_BYTES = 16;
  static final int HASH_BYTES = 32;

  /** The code of the refusal when no hash can start in time. */
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(2);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** A well-formed hash of no password. Checking against it takes as long as against a real one. */
  public static final String UNMATCHABLE_HASH =
      "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(
              MEMORY_KIB,
              ITERATIONS,
              LANES,
              base64(new byte[SALT_BYTES]),
              base64(new byte[HASH_BYTES]));

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, ITERATIONS);
  private final Bulkhead bulkhead;

  PasswordHashing(BulkheadRegistry bulkheads) {
    this.bulkhead =
        bulkheads.bulkhead(
            "password-hashing",
            BulkheadConfig.custom()
                .maxConcurrentCalls(Runtime.getRuntime().availableProcessors())
                .maxWaitDuration(MAX_WAIT_TIME)
                .build());
  }

  /**
   * The hash to store.
   *
   * @throws RuleViolation 429 {@code server-busy}
   */
  public String hash(Password password) {
    return admitted(() -> Objects.requireNonNull(encoder.encode(password.normalized())));
  }

  /**
   * Whether the password is the one that was hashed.
   *
   * @param stored the stored hash; null when there is no account, which takes as long and never
   *     matches
   * @throws RuleViolation 429 {@code server-busy}
   */
  public boolean matches(Password password, @Nullable String stored) {
    return admitted(
        () -> encoder.matches(password.normalized(), stored == null ? UNMATCHABLE_HASH : stored));
  }

  private <T> T admitted(Supplier<T> work) {
    if (!bulkhead.tryAcquirePermission()) {
      throw busy();
    }
    try {
      return work.get();
    } finally {
      bulkhead.onComplete();
    }
  }

  private static RuleViolation busy() {
    return AccountsProblem.SERVER_BUSY.violation(RETRY_AFTER);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
