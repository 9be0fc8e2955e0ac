package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class PagesIT extends RunningSandbox {

  @Test
  void people_who_open_the_sandbox_are_told_what_it_is() {
    Answer start = page("/");

    assertThat(start.status()).isEqualTo(200);
    assertThat(start.response().headers().firstValue("Content-Type"))
        .hasValue("text/html;charset=UTF-8");
    assertThat(start.response().headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "object-src 'none'", "style-src 'self'");
    assertThat(start.body())
        .contains("A stand-in for Stripe", "href=\"/documentation#levers\"")
        .doesNotContain("<style", "<script");
    assertThat(page("/page.css").response().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/css");
  }

  @Test
  void every_address_of_the_start_page_leads_somewhere() {
    for (String link :
        new String[] {"/documentation", "/_sandbox/state", "/_sandbox/clock", "/page.css"}) {
      assertThat(page(link).status()).as(link).isEqualTo(200);
    }
  }

  @Test
  void the_documentation_is_the_readme() {
    assertThat(page("/documentation").body())
        .contains("<h2 id=\"levers\">Levers</h2>", "<h2 id=\"paying\">Paying</h2>")
        .contains("<td><code>POST refunds/{id}/failure</code></td>");
  }

  private Answer page(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
  }
}
