package io.cpdevents.accounts.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.security.Credential;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A password or token as a client sent it. It never prints itself, so it reaches no log. */
@Schema(type = "string")
public record SecretText(@JsonValue String value) implements Credential {

  /** Nobody has a longer one. */
  public static final int MAX_CHARACTERS = 1_000;

  /**
   * Takes it from a request.
   *
   * @throws IllegalArgumentException when it has an unpaired surrogate: it cannot be hashed as
   *     UTF-8
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretText {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("has an unpaired surrogate");
    }
  }

  /** What is wrong with one in this field of a request, which may lack it. */
  public static List<FieldError> faultsOf(String field, @Nullable SecretText sent) {
    return sent == null || sent.value.codePointCount(0, sent.value.length()) <= MAX_CHARACTERS
        ? List.of()
        : List.of(FieldProblem.WRONG_LENGTH.at(field));
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
