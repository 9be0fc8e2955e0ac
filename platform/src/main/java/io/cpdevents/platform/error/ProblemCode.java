package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A stable code by which a request is refused. Each service lists its own in one enum, and {@link
 * CommonProblem} lists those of all services: {@code docs/problems.md} is made from these enums. It
 * knows its kind and nothing else of HTTP, so that aggregates can refuse by it.
 */
public interface ProblemCode {

  /** The kind of a refusal; HTTP has a status for each. */
  enum Kind {
    /** The request cannot be read, or its values are not valid. */
    INVALID(400),
    /** The caller is not known. */
    UNAUTHENTICATED(401),
    /** A payment is missing or was declined. */
    PAYMENT_REQUIRED(402),
    /** The caller is known, but may not do this. */
    FORBIDDEN(403),
    /** There is no such thing for this caller. */
    NOT_FOUND(404),
    /** The address does not know the method. */
    METHOD_NOT_ALLOWED(405),
    /** The answer is not available in the form that the caller accepts. */
    NOT_ACCEPTABLE(406),
    /** The request is valid, but the current state does not allow it. */
    CONFLICT(409),
    /** The object has been changed since the caller read it. */
    CHANGED_MEANWHILE(412),
    /** The body takes too long to arrive. */
    TOO_SLOW(408),
    /** The body is too large. */
    TOO_LARGE(413),
    /** The address is too long. */
    ADDRESS_TOO_LONG(414),
    /** The body has a form that is not read here. */
    UNSUPPORTED_FORM(415),
    /** The request can be read, but its values contradict something. */
    UNPROCESSABLE(422),
    /** A limit is reached. */
    TOO_MANY_REQUESTS(429),
    /** A failure that the caller did not cause. */
    FAILURE(500),
    /** A dependency does not answer at the moment. */
    UNAVAILABLE(503),
    /** Whether the request had any effect is not known. */
    OUTCOME_UNKNOWN(504);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /** The enum constant's name. */
  String name();

  /** The kind. */
  Kind kind();

  /** What the code means, as a sentence that is also shown when there is no better one. */
  String meaning();

  /** What a client can do about it, as a sentence. */
  String remedy();

  /** The code, kebab-case. */
  default String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What its answer says beside the code where that is known: each member, and what it means. */
  default Map<String, String> members() {
    return Map.of();
  }

  /** The refusal. */
  default RuleViolation violation() {
    return violation(meaning());
  }

  /** The refusal with a sentence that says more than the code's meaning. */
  default RuleViolation violation(String detail) {
    return new RuleViolation(this, detail, List.of(), null);
  }

  /** The refusal with the fields that it is about. */
  default RuleViolation violation(List<FieldError> errors) {
    return new RuleViolation(this, meaning(), errors, null);
  }

  /** The refusal with values of its {@link #members}. */
  default RuleViolation violation(Map<String, String> values) {
    return new RuleViolation(this, meaning(), List.of(), null, values);
  }

  /** The refusal of a request that may succeed after a while. */
  default RuleViolation violation(Duration retryAfter) {
    return new RuleViolation(this, meaning(), List.of(), retryAfter);
  }

  /** Whether a burst of it may be an attack, so that it is logged and counted. */
  default boolean isSecurityEvent() {
    return kind() == Kind.UNAUTHENTICATED || kind() == Kind.FORBIDDEN;
  }
}
