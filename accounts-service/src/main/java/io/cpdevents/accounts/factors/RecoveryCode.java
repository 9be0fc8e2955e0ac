package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.secrets.Sha256;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A code that is written down, for who has lost the factor. Only its digest is stored. */
record RecoveryCode(String text) {

  /** Of one account. */
  static final int COUNT = 10;

  private static final int LENGTH_BYTES = 10;
  private static final int GROUP_CHARACTERS = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** As many as an account has. */
  static List<RecoveryCode> all() {
    return Stream.generate(RecoveryCode::next).limit(COUNT).toList();
  }

  private static RecoveryCode next() {
    byte[] bytes = new byte[LENGTH_BYTES];
    RANDOM.nextBytes(bytes);
    return new RecoveryCode(
        Base32.encode(bytes)
            .toLowerCase(Locale.ROOT)
            .replaceAll("(.{" + GROUP_CHARACTERS + "})(?=.)", "$1-"));
  }

  /** The digest, whatever blanks, hyphens and capitals it is typed with. */
  byte[] sha256() {
    return Sha256.of(text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
