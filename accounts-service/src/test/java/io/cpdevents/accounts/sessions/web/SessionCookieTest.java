package io.cpdevents.accounts.sessions.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.origin.PublicUrl;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.web.SessionCookie.SameSite;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

  private static final OpaqueToken TOKEN = new OpaqueToken("token");

  @Test
  void over_tls_the_cookie_belongs_to_this_host_alone() {
    SessionCookie cookie = cookieOf("https://cpd.example.org", SameSite.LAX);

    assertThat(cookie.holding(TOKEN))
        .startsWith("__Host-cpd-session=token; Path=/; Max-Age=2592000;")
        .contains("Secure", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Domain", "Partitioned");
    assertThat(cookie.cleared()).startsWith("__Host-cpd-session=; Path=/; Max-Age=0;");
  }

  @Test
  void on_plain_http_browsers_would_refuse_a_secure_cookie() {
    SessionCookie cookie = cookieOf("http://localhost:8080", SameSite.LAX);

    assertThat(cookie.holding(TOKEN))
        .startsWith("cpd-session=token; Path=/;")
        .contains("HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure");
  }

  @Test
  void for_a_web_app_on_another_site_browsers_need_none_and_keep_one_for_each_site() {
    SessionCookie cookie = cookieOf("https://cpd.example.org", SameSite.NONE);

    assertThat(cookie.holding(TOKEN))
        .startsWith("__Host-cpd-session=token; Path=/;")
        .contains("Secure", "HttpOnly", "SameSite=None", "Partitioned");
    assertThat(cookie.cleared()).contains("Max-Age=0", "SameSite=None", "Partitioned");
  }

  @Test
  void on_plain_http_no_cookie_reaches_another_site() {
    assertThatThrownBy(() -> cookieOf("http://localhost:8080", SameSite.NONE))
        .hasMessageContaining("CPD_COOKIE_SAME_SITE");
  }

  private static SessionCookie cookieOf(String publicUrl, SameSite sameSite) {
    return new SessionCookie(new PublicUrl(URI.create(publicUrl)), sameSite);
  }
}
