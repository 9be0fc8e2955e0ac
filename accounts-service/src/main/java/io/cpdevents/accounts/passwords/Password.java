package io.cpdevents.accounts.passwords;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A password in the form in which it is hashed. As NIST SP 800-63B recommends, no kinds of
 * characters are required: it has a length, and is not one that is guessed first.
 *
 * @param normalized in Unicode's NFKC
 */
public record Password(String normalized) {

  /** The fewest code points. */
  public static final int MIN_CHARACTERS = 12;

  /** The most code points. */
  public static final int MAX_CHARACTERS = 128;

  /** With fewer different ones, twelve characters are few guesses. */
  private static final int MIN_DIFFERENT_CHARACTERS = 5;

  /**
   * How many characters it has beside the words of its owner's name and address. What goes on as
   * the character before began, like 2345 or aaaa, does not count.
   */
  private static final int MIN_OTHER_CHARACTERS = 8;

  public static final String FIELD = "password";

  /**
   * A password that somebody chooses.
   *
   * @throws RuleViolation 400 {@code invalid-request}: {@code wrong-length}, {@code is-email} or
   *     {@code too-easy}
   */
  public static Password chosen(SecretText sent, PasswordOwner owner) {
    Optional<FieldProblem> fault = faultOf(sent, owner);
    if (fault.isPresent()) {
      throw fault.get().on(FIELD);
    }
    return typed(sent);
  }

  /** Why nobody can choose it; empty when somebody can. */
  public static Optional<FieldProblem> faultOf(SecretText sent, PasswordOwner owner) {
    String password = typed(sent).normalized;
    int length = password.codePointCount(0, password.length());
    if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) {
      return Optional.of(FieldProblem.WRONG_LENGTH);
    }
    if (password.strip().toLowerCase(Locale.ROOT).equals(owner.email())) {
      return Optional.of(FieldProblem.IS_EMAIL);
    }
    return password.codePoints().distinct().count() < MIN_DIFFERENT_CHARACTERS
            || CommonPasswords.contain(password)
            || isMadeOfWordsOf(owner, password)
        ? Optional.of(FieldProblem.TOO_EASY)
        : Optional.empty();
  }

  private static boolean isMadeOfWordsOf(PasswordOwner owner, String password) {
    String rest = password.toLowerCase(Locale.ROOT);
    for (String word : owner.words()) {
      rest = rest.replace(word, "");
    }
    return charactersOutOfLine(rest) < MIN_OTHER_CHARACTERS
        && rest.codePointCount(0, rest.length()) < password.codePointCount(0, password.length());
  }

  /** Those that are neither the one before again nor the next or the last one to it. */
  private static int charactersOutOfLine(String text) {
    int[] characters = text.codePoints().toArray();
    int count = 0;
    for (int i = 0; i < characters.length; i++) {
      if (i == 0 || Math.abs(characters[i] - characters[i - 1]) > 1) {
        count++;
      }
    }
    return count;
  }

  /** A password that somebody logs in with; it may be wrong in any way. */
  public static Password typed(SecretText sent) {
    return new Password(Normalizer.normalize(sent.value(), Normalizer.Form.NFKC));
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
