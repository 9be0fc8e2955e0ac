package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of requests in which people type codes, blanks and hyphens as they like. */
public final class CodeField {

  public static final String TOTP = "totpCode";
  public static final String RECOVERY_CODE = "recoveryCode";
  public static final int MIN_CHARACTERS = 6;
  public static final int MAX_CHARACTERS = 40;

  private CodeField() {}

  /** What is wrong with one in this field of a request, which may lack it. */
  public static List<FieldError> faultsOf(String field, @Nullable SecretText sent) {
    if (sent == null) {
      return List.of();
    }
    int characters = sent.value().codePointCount(0, sent.value().length());
    return characters < MIN_CHARACTERS || characters > MAX_CHARACTERS
        ? List.of(FieldProblem.WRONG_LENGTH.at(field))
        : List.of();
  }

  /** A request takes one of two: the fault is told at the second. */
  public static List<FieldError> twice(
      @Nullable SecretText first, String field, @Nullable SecretText second) {
    return first == null || second == null
        ? List.of()
        : List.of(FieldProblem.GIVEN_TWICE.at(field));
  }
}
