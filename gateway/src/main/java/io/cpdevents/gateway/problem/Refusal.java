package io.cpdevents.gateway.problem;

import java.util.Map;

/**
 * A refusal by the gateway itself, with a stable code. It is expected, so it has no stack trace.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Map<String, String> CLOSING = Map.of("Connection", "close");

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

  /**
   * A refusal with a sentence for a person; neither code nor sentence contain the caller's input.
   */
  public static Refusal of(int status, String code, String detail) {
    return new Refusal(status, code, detail, 0, Map.of());
  }

  /** 400: the request is malformed. */
  public static Refusal malformed(String detail) {
    return of(400, "malformed-request", detail);
  }

  /** 404: no route leads there. */
  public static Refusal notFound() {
    return of(404, "not-found", "There is nothing at this address.");
  }

  /** 405, with the methods that are allowed. */
  public static Refusal methodNotAllowed(String allow) {
    return new Refusal(
        405, "method-not-allowed", "This method is not allowed here.", 0, Map.of("Allow", allow));
  }

  /** 401: the session has ended or never was. */
  public static Refusal sessionInvalid() {
    return of(401, "session-invalid", "The session has ended. Log in again.");
  }

  /** 403: the caller is a page of an origin that may not call the API. */
  public static Refusal originRefused() {
    return of(403, "origin-refused", "Pages of this origin may not call the API.");
  }

  /** The same refusal, which also makes the browser drop its cookie. */
  public Refusal clearingCookie(String expiredCookie) {
    return new Refusal(
        status, code, detail, retryAfterSeconds, Map.of("Set-Cookie", expiredCookie));
  }

  /** 413: the body is larger than the route accepts. */
  public static Refusal bodyTooLarge() {
    return of(413, "body-too-large", "The body is larger than this address accepts.");
  }

  /** 429: the rate limit is reached. */
  public static Refusal tooManyRequests(long retryAfterSeconds) {
    return new Refusal(
        429,
        "too-many-requests",
        "Too many requests. Try again later.",
        retryAfterSeconds,
        Map.of());
  }

  /**
   * 429: the caller has as many requests under way as one caller may. The connection is closed, so
   * that another caller gets its place.
   */
  public static Refusal tooManyAtOnce(long retryAfterSeconds) {
    return new Refusal(
        429,
        "too-many-requests",
        "Too many requests at once. Wait for answers, and try again.",
        retryAfterSeconds,
        CLOSING);
  }

  /** 408: the body did not arrive in time; nobody waits for the rest of it. */
  public static Refusal bodyTooSlow() {
    return new Refusal(
        408, "body-too-slow", "The body took too long to arrive. Send it again.", 0, CLOSING);
  }

  /** 503: the service cannot be reached at the moment. */
  public static Refusal serviceUnavailable(long retryAfterSeconds) {
    return new Refusal(
        503,
        "service-unavailable",
        "The service does not answer at the moment. Try again with the same Idempotency-Key.",
        retryAfterSeconds,
        Map.of());
  }

  /**
   * 503: as many requests are being processed as may be. The connection is closed, so that one that
   * waits to be accepted gets its place.
   */
  public static Refusal overloaded(long retryAfterSeconds) {
    return new Refusal(
        503,
        "service-unavailable",
        "Too many requests are being processed. Try again with the same Idempotency-Key.",
        retryAfterSeconds,
        CLOSING);
  }

  /** 504: the service took too long; whether it did anything is not known. */
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

  /** After how many seconds to try again; 0 when not known. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** Further headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
