package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.origin.PublicUrl;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.LogIn;
import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie with a browser's session token. Browsers accept the name prefix {@code __Host-} only
 * over TLS and send such a cookie to this host only. Plain http, on a developer's machine, does
 * without the prefix.
 */
@Component
class SessionCookie {

  private static final String NAME = "cpd-session";
  private static final String SECURE_NAME = "__Host-" + NAME;

  private final PublicUrl publicUrl;

  SessionCookie(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  String holding(OpaqueToken token) {
    return cookie(token.value(), LogIn.MAX_SESSION_LIFETIME);
  }

  String cleared() {
    return cookie("", Duration.ZERO);
  }

  private String cookie(String value, Duration maxAge) {
    return ResponseCookie.from(publicUrl.isSecure() ? SECURE_NAME : NAME, value)
        .path("/")
        .httpOnly(true)
        .secure(publicUrl.isSecure())
        .sameSite("Lax")
        .maxAge(maxAge)
        .build()
        .toString();
  }
}
