package io.cpdevents.accounts.passwords;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A password in the form in which it is hashed. Only its length is checked and no kinds of
 * characters are required, as NIST SP 800-63B recommends.
 *
 * @param normalized in Unicode's NFKC
 */
public record Password(String normalized) {

  /** The fewest code points. */
  public static final int MIN_CHARACTERS = 12;

  /** The most code points. */
  public static final int MAX_CHARACTERS = 128;

  public static final String FIELD = "password";

  /**
   * A password that somebody chooses.
   *
   * @param email the account's address, which must not be the password
   * @throws RuleViolation 400 {@code invalid-request}: {@code wrong-length} or {@code is-email}
   */
  public static Password chosen(SecretText sent, String email) {
    Optional<FieldProblem> fault = faultOf(sent, email);
    if (fault.isPresent()) {
      throw fault.get().on(FIELD);
    }
    return typed(sent);
  }

  /** Why nobody can choose it; empty when somebody can. */
  public static Optional<FieldProblem> faultOf(SecretText sent, @Nullable String email) {
    String password = typed(sent).normalized;
    int length = password.codePointCount(0, password.length());
    if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) {
      return Optional.of(FieldProblem.WRONG_LENGTH);
    }
    return password.strip().toLowerCase(Locale.ROOT).equals(email)
        ? Optional.of(FieldProblem.IS_EMAIL)
        : Optional.empty();
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
