package io.cpdevents.platform.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, with a stable code. The one advice turns it into problem+json; a
 * listener that meets it parks its message. It knows nothing of HTTP but which kind of refusal it
 * is, so that aggregates may throw it.
 */
public final class RuleViolation extends RuntimeException {

  /** What kind of refusal it is; HTTP has a status for each. */
  public enum Kind {
    /** 400: the request cannot be read, or its values are not valid. */
    INVALID,
    /** 401: the caller is not known. */
    UNAUTHENTICATED,
    /** 402: a payment is missing or was declined. */
    PAYMENT_REQUIRED,
    /** 403: the caller is known and may not. */
    FORBIDDEN,
    /** 404: there is no such thing for this caller. */
    NOT_FOUND,
    /** 409: the request is fine, the state of things is not. */
    CONFLICT,
    /** 412: somebody else was faster. */
    CHANGED_MEANWHILE,
    /** 422: the request can be read, and its values contradict something. */
    UNPROCESSABLE,
    /** 429: too many of them. */
    TOO_MANY_REQUESTS,
    /** 503: something that is needed is away for a moment. */
    UNAVAILABLE
  }

  /** What is wrong with one input field: a JSON path such as {@code tickets[0].quantity}. */
  public record FieldError(String field, String code) {}

  private static final long serialVersionUID = 1L;

  private final String code;
  private final Kind kind;
  private final transient List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  private RuleViolation(
      String code,
      Kind kind,
      String detail,
      List<FieldError> errors,
      @Nullable Duration retryAfter) {
    super(detail);
    this.code = code;
    this.kind = kind;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  private static RuleViolation of(Kind kind, String code, String detail) {
    return new RuleViolation(code, kind, detail, List.of(), null);
  }

  /** 409: the request is fine, the state of things is not. */
  public static RuleViolation conflict(String code, String detail) {
    return of(Kind.CONFLICT, code, detail);
  }

  /** 409 that names the fields which stand in the way. */
  public static RuleViolation conflict(String code, String detail, List<FieldError> errors) {
    return new RuleViolation(code, Kind.CONFLICT, detail, errors, null);
  }

  /** 404: there is no such thing for this caller. */
  public static RuleViolation notFound(String code) {
    return of(Kind.NOT_FOUND, code, "There is no such thing, or not for you.");
  }

  /** 403: the caller's role does not do. */
  public static RuleViolation forbidden(String code) {
    return forbidden(code, "Your role does not allow this.");
  }

  /** 403 for another reason than the caller's role. */
  public static RuleViolation forbidden(String code, String detail) {
    return of(Kind.FORBIDDEN, code, detail);
  }

  /** 401: the caller is not known. */
  public static RuleViolation unauthorized(String code, String detail) {
    return of(Kind.UNAUTHENTICATED, code, detail);
  }

  /** 400: the request cannot be read. */
  public static RuleViolation badRequest(String code, String detail) {
    return of(Kind.INVALID, code, detail);
  }

  /** 422: the request can be read, and its values cannot be. */
  public static RuleViolation unprocessable(String code, String detail) {
    return of(Kind.UNPROCESSABLE, code, detail);
  }

  /** 400 {@code invalid-request} for one field. */
  public static RuleViolation invalidField(String field, String code) {
    return invalidFields(List.of(new FieldError(field, code)));
  }

  /** 400 {@code invalid-request} for several fields. */
  public static RuleViolation invalidFields(List<FieldError> errors) {
    return new RuleViolation(
        "invalid-request", Kind.INVALID, "Some fields are not valid.", errors, null);
  }

  /** 429: come back later. */
  public static RuleViolation tooManyRequests(String code, String detail, Duration retryAfter) {
    return new RuleViolation(code, Kind.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
  }

  /** 503: something that is needed is away; come back later. */
  public static RuleViolation unavailable(String code, String detail, Duration retryAfter) {
    return new RuleViolation(code, Kind.UNAVAILABLE, detail, List.of(), retryAfter);
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** What kind of refusal it is. */
  public Kind kind() {
    return kind;
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
