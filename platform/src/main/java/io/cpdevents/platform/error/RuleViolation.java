package io.cpdevents.platform.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal with a stable code. {@link ProblemAdvice} answers it as problem+json; the message of a
 * listener that throws it is parked. It is made from a {@link ProblemCode} or {@link FieldProblem},
 * so that no code is answered that the catalogue lacks.
 */
public final class RuleViolation extends RuntimeException {

  /**
   * What is wrong with an input field.
   *
   * @param field a JSON path such as {@code tickets[0].quantity}
   * @param code what is wrong
   * @param allowed the values or the types that the field allows; empty where the code says enough
   */
  public record FieldError(
      String field,
      FieldProblem code,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> allowed) {}

  private static final long serialVersionUID = 1L;

  private final transient ProblemCode problem;
  private final transient List<FieldError> errors;
  private final @Nullable Duration retryAfter;
  private final transient Map<String, String> members;

  RuleViolation(
      ProblemCode problem, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    this(problem, detail, errors, retryAfter, Map.of());
  }

  RuleViolation(
      ProblemCode problem,
      String detail,
      List<FieldError> errors,
      @Nullable Duration retryAfter,
      Map<String, String> members) {
    super(detail);
    this.problem = problem;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
    this.members = Map.copyOf(members);
  }

  /** What the refusal is. */
  public ProblemCode problem() {
    return problem;
  }

  /** The stable code. */
  public String code() {
    return problem.code();
  }

  /** The fields that are wrong; empty when it is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** What the answer says beside the code, by {@link ProblemCode#members}. */
  public Map<String, String> members() {
    return members;
  }

  /** How long to wait before trying again; null when waiting does not help. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
