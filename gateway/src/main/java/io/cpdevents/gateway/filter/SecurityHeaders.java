package io.cpdevents.gateway.filter;

import jakarta.servlet.http.HttpServletResponse;

/** Sets the headers by which browsers restrict what can be done with an answer. */
final class SecurityHeaders {

  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  private SecurityHeaders() {}

  static void set(HttpServletResponse response, boolean https, boolean page) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    if (https) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (page) {
      response.setHeader(
          CONTENT_SECURITY_POLICY,
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
              + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
    } else {
      response.setHeader(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
