package io.cpdevents.platform.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that is refused, with a stable code. The one advice turns it into problem+json; a
 * listener that meets it parks its message.
 */
public final class RuleViolation extends RuntimeException {

  /** What is wrong with one input field: a JSON path such as {@code tickets[0].quantity}. */
  public record FieldError(String field, String code) {}

  private static final long serialVersionUID = 1L;

  private final String code;
  private final HttpStatus status;
  private final transient List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  /**
   * A refusal.
   *
   * @param code kebab-case, stable: clients switch on it
   * @param status a 4xx
   * @param detail a sentence for a person
   */
  public RuleViolation(String code, HttpStatus status, String detail) {
    this(code, status, detail, List.of(), null);
  }

  private RuleViolation(
      String code,
      HttpStatus status,
      String detail,
      List<FieldError> errors,
      @Nullable Duration retryAfter) {
    super(detail);
    this.code = code;
    this.status = status;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** 409: the request is fine, the state of things is not. */
  public static RuleViolation conflict(String code, String detail) {
    return new RuleViolation(code, HttpStatus.CONFLICT, detail);
  }

  /** 409 that names the fields which stand in the way. */
  public static RuleViolation conflict(String code, String detail, List<FieldError> errors) {
    return new RuleViolation(code, HttpStatus.CONFLICT, detail, errors, null);
  }

  /** 404: there is no such thing for this caller. */
  public static RuleViolation notFound(String code) {
    return new RuleViolation(code, HttpStatus.NOT_FOUND, "There is no such thing, or not for you.");
  }

  /** 403: the caller's role does not do. */
  public static RuleViolation forbidden(String code) {
    return new RuleViolation(code, HttpStatus.FORBIDDEN, "Your role does not allow this.");
  }

  /** 401: the caller is not known. */
  public static RuleViolation unauthorized(String code, String detail) {
    return new RuleViolation(code, HttpStatus.UNAUTHORIZED, detail);
  }

  /** 400: the request cannot be read. */
  public static RuleViolation badRequest(String code, String detail) {
    return new RuleViolation(code, HttpStatus.BAD_REQUEST, detail);
  }

  /** 422: the request can be read, and its values cannot be. */
  public static RuleViolation unprocessable(String code, String detail) {
    return new RuleViolation(code, HttpStatus.UNPROCESSABLE_CONTENT, detail);
  }

  /** 400 {@code invalid-request} for one field. */
  public static RuleViolation invalidField(String field, String code) {
    return invalidFields(List.of(new FieldError(field, code)));
  }

  /** 400 {@code invalid-request} for several fields. */
  public static RuleViolation invalidFields(List<FieldError> errors) {
    return new RuleViolation(
        "invalid-request", HttpStatus.BAD_REQUEST, "Some fields are not valid.", errors, null);
  }

  /** 429: come back later. */
  public static RuleViolation tooManyRequests(String code, String detail, Duration retryAfter) {
    return new RuleViolation(code, HttpStatus.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** The HTTP status that the API answers with. */
  public HttpStatus status() {
    return status;
  }

  /** What is wrong with which field; empty when it is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** When it makes sense to come back; null when waiting does not help. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
