package io.cpdevents.gateway.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Writes RFC 9457 problems, as the services do. */
public final class ProblemBody {

  /**
   * What a problem says of its request.
   *
   * @param publicUrl of the gateway, below which each code is described
   * @param path as it was sent
   * @param traceId by which logs and traces are found; null before the trace began
   */
  public record Asked(URI publicUrl, String path, @Nullable String traceId) {

    private String instance() {
      try {
        // A path that is no URI may contain what JSON would have to escape.
        return "\"instance\":\"%s\",".formatted(new URI(path));
      } catch (URISyntaxException unusual) {
        return "";
      }
    }

    private String trace() {
      return traceId == null ? "" : ",\"traceId\":\"%s\"".formatted(traceId);
    }
  }

  /** The attribute of a request that has its trace's id, for refusals that no filter sees. */
  public static final String TRACE_ID_ATTRIBUTE = ProblemBody.class.getName() + ".traceId";

  /** The content type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemBody() {}

  /** Answers with the refusal. */
  public static void write(HttpServletResponse response, Asked asked, Refusal refusal)
      throws IOException {
    if (refusal.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    if (refusal.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    refusal.headers().forEach(response::addHeader);
    byte[] body = bytes(asked, refusal.status(), refusal.code(), refusal.detail());
    response.setStatus(refusal.status());
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The body for a refusal of the web server itself, of which only the status is known. */
  static byte[] ofStatus(Asked asked, int status) {
    return switch (status) {
      case 400 -> bytes(asked, status, "malformed-request", "The request cannot be read.");
      case 404 -> bytes(asked, status, "not-found", "There is nothing at this address.");
      case 405 -> bytes(asked, status, "method-not-allowed", "This method is not allowed here.");
      case 413 ->
          bytes(asked, status, "body-too-large", "The body is larger than this address accepts.");
      case 414 -> bytes(asked, status, "uri-too-long", "The address is too long.");
      case 503 ->
          bytes(asked, status, "service-unavailable", "The service does not answer at the moment.");
      default ->
          status < 500
              ? bytes(asked, status, "malformed-request", "The request cannot be answered.")
              : bytes(asked, status, "internal-error", "Something went wrong on our side.");
    };
  }

  /** Nothing needs escaping, because code and detail are constants. */
  private static byte[] bytes(Asked asked, int status, String code, String detail) {
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return """
    {"type":"%s/problems/%s","title":"%s","status":%d,"detail":"%s",%s"code":"%s"%s}\
    """
        .formatted(
            asked.publicUrl(), code, title, status, detail, asked.instance(), code, asked.trace())
        .getBytes(StandardCharsets.UTF_8);
  }
}
