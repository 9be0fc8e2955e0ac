package io.cpdevents.platform.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> allowed) {

    /** For callers that have not yet moved to {@link FieldProblem#at}. */
    public FieldError(String field, String code) {
      this(field, FieldProblem.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')), List.of());
    }
  }

  /** A code that is not in a catalogue, of callers that have not yet moved to one. */
  private record Uncatalogued(String code, Kind kind, String meaning, String remedy)
      implements ProblemCode {
    @Override
    public String name() {
      return code;
    }

    static RuleViolation of(Kind kind, String code, String detail) {
      return new Uncatalogued(code, kind, detail, "").violation();
    }
  }

  /** 409: the request is valid, but the current state does not allow it. */
  public static RuleViolation conflict(String code, String detail) {
    return Uncatalogued.of(ProblemCode.Kind.CONFLICT, code, detail);
  }

  /** 409 with the fields that are in conflict. */
  public static RuleViolation conflict(String code, String detail, List<FieldError> errors) {
    return new Uncatalogued(code, ProblemCode.Kind.CONFLICT, detail, "").violation(errors);
  }

  /** 404: there is no such thing for this caller. */
  public static RuleViolation notFound(String code) {
    return Uncatalogued.of(
        ProblemCode.Kind.NOT_FOUND, code, "It does not exist, or you may not see it.");
  }

  /** 403: the caller lacks the role. */
  public static RuleViolation forbidden(String code) {
    return forbidden(code, "Your role does not allow this.");
  }

  /** 403 for another reason than the caller's role. */
  public static RuleViolation forbidden(String code, String detail) {
    return Uncatalogued.of(ProblemCode.Kind.FORBIDDEN, code, detail);
  }

  /** 401: the caller is not known. */
  public static RuleViolation unauthorized(String code, String detail) {
    return Uncatalogued.of(ProblemCode.Kind.UNAUTHENTICATED, code, detail);
  }

  /** 400: the request cannot be read. */
  public static RuleViolation badRequest(String code, String detail) {
    return Uncatalogued.of(ProblemCode.Kind.INVALID, code, detail);
  }

  /** 422: the request can be read, but its values contradict something. */
  public static RuleViolation unprocessable(String code, String detail) {
    return Uncatalogued.of(ProblemCode.Kind.UNPROCESSABLE, code, detail);
  }

  /** 400 {@code invalid-request} for one field. */
  public static RuleViolation invalidField(String field, String code) {
    return invalidFields(List.of(new FieldError(field, code)));
  }

  /** 400 {@code invalid-request} for several fields. */
  public static RuleViolation invalidFields(List<FieldError> errors) {
    return CommonProblem.INVALID_REQUEST.violation(errors);
  }

  /** 429: a limit is reached; try again later. */
  public static RuleViolation tooManyRequests(String code, String detail, Duration retryAfter) {
    return new Uncatalogued(code, ProblemCode.Kind.TOO_MANY_REQUESTS, detail, "")
        .violation(retryAfter);
  }

  /** 503: a dependency does not answer; try again later. */
  public static RuleViolation unavailable(String code, String detail, Duration retryAfter) {
    return new Uncatalogued(code, ProblemCode.Kind.UNAVAILABLE, detail, "").violation(retryAfter);
  }

  private static final long serialVersionUID = 1L;

  private final transient ProblemCode problem;
  private final transient List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  RuleViolation(
      ProblemCode problem, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    super(detail);
    this.problem = problem;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
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

  /** How long to wait before trying again; null when waiting does not help. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
