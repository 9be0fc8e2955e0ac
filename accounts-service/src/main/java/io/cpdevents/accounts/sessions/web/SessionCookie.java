package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.origin.PublicUrl;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.LogIn;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
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
  private static final String SECURE_PREFIX = "__Host-";

  /** From whose pages browsers send the cookie. */
  enum SameSite {
    /** From pages of the API's own site, whatever their port or subdomain. */
    LAX("Lax"),
    /**
     * From pages of other sites too, for a web app on another domain. Each site's pages have a
     * cookie of their own (Partitioned), because browsers block a shared one.
     */
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
      this.attribute = attribute;
    }
  }

  private final PublicUrl publicUrl;
  private final SameSite sameSite;

  SessionCookie(PublicUrl publicUrl, @Value("${cpd.accounts.cookie-same-site}") SameSite sameSite) {
    if (sameSite == SameSite.NONE && !publicUrl.isSecure()) {
      throw new IllegalArgumentException(
          "CPD_COOKIE_SAME_SITE=none needs an https CPD_PUBLIC_URL: browsers refuse the cookie"
              + " otherwise");
    }
    this.publicUrl = publicUrl;
    this.sameSite = sameSite;
  }

  String holding(OpaqueToken token) {
    return cookie(NAME, token.value(), LogIn.MAX_SESSION_LIFETIME);
  }

  String cleared() {
    return cookie(NAME, "", Duration.ZERO);
  }

  /** Another cookie of this host, for the same pages. */
  String cookie(String name, String value, Duration maxAge) {
    return ResponseCookie.from((publicUrl.isSecure() ? SECURE_PREFIX : "") + name, value)
        .path("/")
        .httpOnly(true)
        .secure(publicUrl.isSecure())
        .sameSite(sameSite.attribute)
        .partitioned(sameSite == SameSite.NONE)
        .maxAge(maxAge)
        .build()
        .toString();
  }
}
