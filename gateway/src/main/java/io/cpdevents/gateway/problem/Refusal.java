package io.cpdevents.gateway.problem;

import java.util.Map;

/**
 * A request that the gateway answers itself, with a stable code. It is expected, so it carries no
 * stack trace.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String detail;
  private final long retryAfterSeconds;
  private final transient Map<String, String> headers;

  private Refusal(
      int status, String code, String detail, long retryAfterSeconds, Map<String, String> headers) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.headers = headers;
  }

  /** A refusal with a sentence for a person; code and sentence never hold the caller's input. */
  public static Refusal of(int status, String code, String detail) {
    return new Refusal(status, code, detail, 0, Map.of());
  }

  /** 400: this is not a request that anybody here could read. */
  public static Refusal malformed(String detail) {
    return of(400, "malformed-request", detail);
  }

  /** 404: no route leads there. */
  public static Refusal notFound() {
    return of(404, "not-found", "There is nothing at this address.");
  }

  /** 405, with the methods that there are. */
  public static Refusal methodNotAllowed(String allow) {
    return new Refusal(
        405, "method-not-allowed", "This method is not answered here.", 0, Map.of("Allow", allow));
  }

  /** 401: the session has ended or never was. */
  public static Refusal sessionInvalid() {
    return of(401, "session-invalid", "The session has ended. Log in again.");
  }

  /** The same, and the browser forgets its cookie. */
  public Refusal clearing(String expiredCookie) {
    return new Refusal(
        status, code, detail, retryAfterSeconds, Map.of("Set-Cookie", expiredCookie));
  }

  /** 413: more than the route takes. */
  public static Refusal bodyTooLarge() {
    return of(413, "body-too-large", "The body is larger than this address takes.");
  }

  /** 429: too many at a time. */
  public static Refusal tooManyRequests(long retryAfterSeconds) {
    return new Refusal(
        429,
        "too-many-requests",
        "Too many requests. Try again later.",
        retryAfterSeconds,
        Map.of());
  }

  /** 503: the service cannot be reached now. */
  public static Refusal serviceUnavailable(long retryAfterSeconds) {
    return new Refusal(
        503,
        "service-unavailable",
        "The service does not answer now. Try again with the same Idempotency-Key.",
        retryAfterSeconds,
        Map.of());
  }

  /** 503: the house is full. The connection makes room for those who wait to be let in. */
  public static Refusal full(long retryAfterSeconds) {
    return new Refusal(
        503,
        "service-unavailable",
        "Too much is under way. Try again with the same Idempotency-Key.",
        retryAfterSeconds,
        Map.of("Connection", "close"));
  }

  /** 504: the service took too long; what it did is not known. */
  public static Refusal upstreamTimeout() {
    return of(
        504,
        "upstream-timeout",
        "The service took too long. Try again with the same Idempotency-Key.");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable code, kebab-case. */
  public String code() {
    return code;
  }

  /** A sentence for a person. */
  public String detail() {
    return detail;
  }

  /** When to try again, in seconds; 0: not said. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** What else the answer's head says. */
  public Map<String, String> headers() {
    return headers;
  }
}
