package io.cpdevents.platform.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal with a stable code. {@link ProblemAdvice} answers it as problem+json; the message of a
 * listener that throws it is parked. It knows only its kind and nothing else of HTTP, so that
 * aggregates can throw it.
 */
public final class RuleViolation extends RuntimeException {

  /** The kind of a refusal; HTTP has a status for each. */
  public enum Kind {
    /** 400: the request cannot be read, or its values are not valid. */
    INVALID,
    /** 401: the caller is not known. */
    UNAUTHENTICATED,
    /** 402: a payment is missing or was declined. */
    PAYMENT_REQUIRED,
    /** 403: the caller is known, but may not do this. */
    FORBIDDEN,
    /** 404: there is no such thing for this caller. */
    NOT_FOUND,
    /** 409: the request is valid, but the current state does not allow it. */
    CONFLICT,
    /** 412: the object has been changed since the caller read it. */
    CHANGED_MEANWHILE,
    /** 422: the request can be read, but its values contradict something. */
    UNPROCESSABLE,
    /** 429: a limit is reached. */
    TOO_MANY_REQUESTS,
    /** 503: a dependency does not answer at the moment. */
    UNAVAILABLE
  }

  /**
   * What is wrong with an input field, which is a JSON path such as {@code tickets[0].quantity}.
   */
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

  /** 409: the request is valid, but the current state does not allow it. */
  public static RuleViolation conflict(String code, String detail) {
    return of(Kind.CONFLICT, code, detail);
  }

  /** 409 with the fields that are in conflict. */
  public static RuleViolation conflict(String code, String detail, List<FieldError> errors) {
    return new RuleViolation(code, Kind.CONFLICT, detail, errors, null);
  }

  /** 404: there is no such thing for this caller. */
  public static RuleViolation notFound(String code) {
    return of(Kind.NOT_FOUND, code, "It does not exist, or you may not see it.");
  }

  /** 403: the caller lacks the role. */
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

  /** 412: somebody has changed the object since the caller read it. */
  public static RuleViolation changedMeanwhile() {
    return of(
        Kind.CHANGED_MEANWHILE,
        "changed-meanwhile",
        "Somebody has changed it since you read it. Read it again.");
  }

  /** 422: the request can be read, but its values contradict something. */
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

  /** 429: a limit is reached; try again later. */
  public static RuleViolation tooManyRequests(String code, String detail, Duration retryAfter) {
    return new RuleViolation(code, Kind.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
  }

  /** 503: a dependency does not answer; try again later. */
  public static RuleViolation unavailable(String code, String detail, Duration retryAfter) {
    return new RuleViolation(code, Kind.UNAVAILABLE, detail, List.of(), retryAfter);
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** The kind of refusal. */
  public Kind kind() {
    return kind;
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
