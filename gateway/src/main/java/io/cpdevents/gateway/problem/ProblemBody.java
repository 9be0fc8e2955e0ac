package io.cpdevents.gateway.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/** Writes RFC 9457 problems. */
public final class ProblemBody {

  /** The content type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemBody() {}

  /** Answers with the refusal. */
  public static void write(HttpServletResponse response, Refusal refusal) throws IOException {
    if (refusal.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    if (refusal.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    refusal.headers().forEach(response::addHeader);
    byte[] body = bytes(refusal.status(), refusal.code(), refusal.detail());
    response.setStatus(refusal.status());
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The body for a refusal of the web server itself, of which only the status is known. */
  static byte[] ofStatus(int status) {
    return switch (status) {
      case 400 -> bytes(status, "malformed-request", "The request cannot be read.");
      case 404 -> bytes(status, "not-found", "There is nothing at this address.");
      case 405 -> bytes(status, "method-not-allowed", "This method is not allowed here.");
      case 413 -> bytes(status, "body-too-large", "The body is larger than this address accepts.");
      case 414 -> bytes(status, "uri-too-long", "The address is too long.");
      case 431 -> bytes(status, "headers-too-large", "The headers are too large.");
      case 503 ->
          bytes(status, "service-unavailable", "The service does not answer at the moment.");
      default ->
          status < 500
              ? bytes(status, "malformed-request", "The request cannot be answered.")
              : bytes(status, "internal-error", "Something went wrong on our side.");
    };
  }

  /** Nothing needs escaping, because code and detail are constants. */
  private static byte[] bytes(int status, String code, String detail) {
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"}\
    """
        .formatted(title, status, detail, code)
        .getBytes(StandardCharsets.UTF_8);
  }
}
