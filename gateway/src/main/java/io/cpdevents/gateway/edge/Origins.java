package io.cpdevents.gateway.edge;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whose pages may call the API: CORS for browsers that ask, the Origin check for those that do not.
 */
@Component
public class Origins {

  private static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String ALLOWED_HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
          + " X-Correlation-Id, traceparent";
  private static final String EXPOSED_HEADERS =
      "Content-Disposition, ETag, Location, Retry-After, X-Correlation-Id";
  private static final String PREFLIGHT_VALID_SECONDS = "600";

  private final Set<String> allowed = new HashSet<>();

  /** Our own origin and the configured ones. */
  public Origins(GatewaySettings settings) {
    allowed.add(settings.publicOrigin());
    settings.allowedOrigins().stream()
        .filter(origin -> !origin.isBlank())
        .map(origin -> GatewaySettings.originOf(URI.create(origin.strip())))
        .forEach(allowed::add);
  }

  /**
   * Adds what a browser needs to show the answer to another origin's page.
   *
   * @return true when this was a preflight, which is answered with that
   * @throws Refusal 403 {@code origin-refused} for a write or a preflight from a foreign page
   */
  boolean answersPreflight(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    response.addHeader("Vary", "Origin");
    String method = request.getMethod();
    boolean preflight =
        method.equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    if (!allowed.contains(origin)) {
      if (preflight || isWrite(method)) {
        throw refused();
      }
      return false;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    if (preflight) {
      response.setHeader("Access-Control-Allow-Methods", ALLOWED_METHODS);
      response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
      response.setHeader("Access-Control-Max-Age", PREFLIGHT_VALID_SECONDS);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
    return preflight;
  }

  /**
   * A cookie comes along whoever sends the browser here, so a write with one must come from a page
   * of ours.
   *
   * @throws Refusal 403 {@code origin-refused}
   */
  public void requireOwnPage(HttpServletRequest request) {
    if (!isWrite(request.getMethod())) {
      return;
    }
    String origin = request.getHeader("Origin");
    String from = origin != null ? origin : originOf(request.getHeader("Referer"));
    if (from == null || !allowed.contains(from)) {
      throw refused();
    }
  }

  private static @Nullable String originOf(@Nullable String url) {
    if (url == null) {
      return null;
    }
    try {
      return GatewaySettings.originOf(new URI(url));
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isWrite(String method) {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  private static Refusal refused() {
    return Refusal.of(403, "origin-refused", "Pages of this origin may not do this.");
  }
}
