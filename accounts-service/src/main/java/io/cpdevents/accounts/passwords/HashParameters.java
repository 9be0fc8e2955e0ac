package io.cpdevents.accounts.passwords;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stored hash says it was made with. A hash of fewer iterations or less memory than new ones
 * was stored before the parameters were raised.
 */
public final class HashParameters {

  private static final Pattern ENCODED =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=\\d+\\$.+");

  private HashParameters() {}

  /** Whether the hash is weaker than a new one, or of another kind. */
  public static boolean areOutdatedIn(String storedHash) {
    Matcher encoded = ENCODED.matcher(storedHash);
    return !encoded.matches()
        || Integer.parseInt(encoded.group(1)) < PasswordHashing.MEMORY_KIB
        || Integer.parseInt(encoded.group(2)) < PasswordHashing.ITERATIONS;
  }
}
