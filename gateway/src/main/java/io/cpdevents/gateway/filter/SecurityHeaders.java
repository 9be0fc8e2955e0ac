package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.pages.WebPage;
import io.cpdevents.gateway.routes.RouteTable;
import jakarta.servlet.http.HttpServletResponse;

/** Sets the headers by which browsers restrict what can be done with an answer. */
enum SecurityHeaders {
  /** JSON, which no browser shall show as anything else. */
  API("default-src 'none'; object-src 'none'; frame-ancestors 'none'"),
  /** A page of the gateway or of finance: its own script, style and API, and nothing else. */
  PAGE(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'none'"),
  /** The API's documentation: Swagger UI writes styles and images into its elements. */
  DOCUMENTATION(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

  private static final String DOCUMENTATION_PATH = "/docs";
  private static final String PROBLEMS = "/problems";

  private final String contentSecurityPolicy;

  SecurityHeaders(String contentSecurityPolicy) {
    this.contentSecurityPolicy = contentSecurityPolicy;
  }

  /** The headers of answers at this path. */
  static SecurityHeaders of(String path) {
    if (path.equals(DOCUMENTATION_PATH) || path.startsWith(DOCUMENTATION_PATH + "/")) {
      return DOCUMENTATION;
    }
    return WebPage.at(path) != null
            || RouteTable.isFinancePage(path)
            || path.equals(PROBLEMS)
            || path.startsWith(PROBLEMS + "/")
        ? PAGE
        : API;
  }

  void set(HttpServletResponse response, boolean https) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", contentSecurityPolicy);
    if (https) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (this != API) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader(
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    }
    if (this != DOCUMENTATION) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
