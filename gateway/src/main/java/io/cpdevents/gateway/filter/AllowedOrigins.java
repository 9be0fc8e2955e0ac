package io.cpdevents.gateway.filter;

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
 * The origins whose pages may call the API. CORS lets browsers enforce it; the check of {@code
 * Origin} protects writes with a cookie (CSRF), for which browsers do not ask.
 */
@Component
public class AllowedOrigins {

  private static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String ALLOWED_HEADERS =
      "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
          + " X-Correlation-Id, traceparent";
  private static final String EXPOSED_HEADERS =
      "Content-Disposition, ETag, Idempotent-Replayed, Location, Retry-After, X-Correlation-Id";
  private static final String MAX_PREFLIGHT_AGE_SECONDS = "600";

  private final Set<String> allowed = new HashSet<>();

  /** The gateway's own origin, the web app's, and the other configured ones. */
  public AllowedOrigins(GatewaySettings settings) {
    allowed.add(settings.publicOrigin());
    if (settings.webUrl() != null) {
      allowed.add(GatewaySettings.originOf(settings.webUrl()));
    }
    settings.allowedOrigins().stream()
        .filter(origin -> !origin.isBlank())
        .map(origin -> GatewaySettings.originOf(URI.create(origin.strip())))
        .forEach(allowed::add);
  }

  /**
   * Adds the CORS headers to the answer.
   *
   * @return true for a preflight, which is answered completely
   * @throws Refusal 403 {@code origin-refused} for a write or a preflight of another origin
   */
  boolean handleCors(HttpServletRequest request, HttpServletResponse response) {
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
      response.setHeader("Access-Control-Max-Age", MAX_PREFLIGHT_AGE_SECONDS);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
    return preflight;
  }

  /**
   * Requires a write to come from a page of an allowed origin. Browsers send a cookie along with
   * requests of any page, so a write with a cookie needs this check.
   *
   * @throws Refusal 403 {@code origin-refused}
   */
  public void requireAllowedOrigin(HttpServletRequest request) {
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
    return Refusal.originRefused();
  }
}
