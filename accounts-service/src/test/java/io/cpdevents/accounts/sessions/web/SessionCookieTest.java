package io.cpdevents.accounts.sessions.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.origin.PublicUrl;
import io.cpdevents.accounts.secrets.OpaqueToken;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

  private static final OpaqueToken TOKEN = new OpaqueToken("token");

  @Test
  void over_tls_the_cookie_belongs_to_this_host_alone() {
    SessionCookie cookie = new SessionCookie(new PublicUrl(URI.create("https://cpd.example.org")));

    assertThat(cookie.holding(TOKEN))
        .startsWith("__Host-cpd-session=token; Path=/; Max-Age=2592000;")
        .contains("Secure", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Domain");
    assertThat(cookie.cleared()).startsWith("__Host-cpd-session=; Path=/; Max-Age=0;");
  }

  @Test
  void on_plain_http_browsers_would_refuse_a_secure_cookie() {
    SessionCookie cookie = new SessionCookie(new PublicUrl(URI.create("http://localhost:8080")));

    assertThat(cookie.holding(TOKEN))
        .startsWith("cpd-session=token; Path=/;")
        .contains("HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure");
  }
}
