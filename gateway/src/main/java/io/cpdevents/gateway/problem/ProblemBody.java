package io.cpdevents.gateway.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Writes RFC 9457 problems, as the services do, and a page for people who have opened an address
 * that is for browsers.
 */
public final class ProblemBody {

  /**
   * What a problem says of its request.
   *
   * @param publicUrl of the gateway, below which each code is described
   * @param path as it was sent
   * @param traceId by which logs and traces are found; null before the trace began
   * @param byPerson whether a browser shows the answer to a person
   */
  public record Asked(URI publicUrl, String path, @Nullable String traceId, boolean byPerson) {

    /** Of a gateway at this address. */
    public static Asked of(URI publicUrl, HttpServletRequest request, @Nullable String traceId) {
      String path = String.valueOf(request.getRequestURI());
      String accept = request.getHeader("Accept");
      return new Asked(
          publicUrl,
          path,
          traceId,
          accept != null
              && accept.contains(MediaType.TEXT_HTML_VALUE)
              && FOR_PROGRAMS.stream().noneMatch(path::startsWith));
    }

    /**
     * Says how the body is to be read, and what it may load. No filter has said so of what Tomcat
     * refuses before any runs.
     */
    void describe(HttpServletResponse response) {
      response.setContentType(byPerson ? PAGE_MEDIA_TYPE : MEDIA_TYPE);
      if (byPerson || response.getHeader(POLICY_HEADER) == null) {
        response.setHeader(POLICY_HEADER, PAGE_POLICY);
      }
    }

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

  /**
   * The attribute of a request whose body took too long: what is left of it is not read, and the
   * connection ends.
   */
  public static final String GIVEN_UP_ATTRIBUTE = ProblemBody.class.getName() + ".givenUp";

  /** The content type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String POLICY_HEADER = "Content-Security-Policy";
  private static final String PAGE_MEDIA_TYPE = "text/html;charset=UTF-8";
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private static final String FAILED = "This cannot be shown at the moment. Try again later.";

  /** Below these there is nothing to show to a person. */
  private static final List<String> FOR_PROGRAMS = List.of("/api/", "/v3/", "/webhooks/");

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
    asked.describe(response);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The body for a refusal of the web server itself, of which only the status is known. */
  static byte[] ofStatus(Asked asked, int status) {
    return switch (status) {
      case 400 -> bytes(asked, status, "malformed-request", "The request cannot be read.");
      case 404 -> bytes(asked, status, "not-found", "There is nothing at this address.");
      case 405 -> bytes(asked, status, "method-not-allowed", "This method is not allowed here.");
      case 408 ->
          bytes(asked, status, "body-too-slow", "The body took too long to arrive. Send it again.");
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
    if (asked.byPerson()) {
      return page(title, status < 500 ? detail : FAILED, code).getBytes(StandardCharsets.UTF_8);
    }
    return """
    {"type":"%s/problems/%s","title":"%s","status":%d,"detail":"%s",%s"code":"%s"%s}\
    """
        .formatted(
            asked.publicUrl(), code, title, status, detail, asked.instance(), code, asked.trace())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String page(String title, String detail, String code) {
    return """
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · CPD Events</title>
        <link rel="icon" href="/pages/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/pages/page.css">
      </head>
      <body>
        <header><span class="brand">CPD Events</span></header>
        <main>
          <h1>%s</h1>
          <p>%s</p>
          <p>Code: <a href="/problems/%s"><code>%s</code></a></p>
        </main>
      </body>
    </html>
    """
        .formatted(title, title, detail, code, code);
  }
}
