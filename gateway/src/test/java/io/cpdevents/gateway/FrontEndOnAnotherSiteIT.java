package io.cpdevents.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A web app on another domain than the API: the third row of docs/web-front-ends.md. */
@TestPropertySource(
    properties = {
      "test.public-url=https://api.events.example",
      "cpd.gateway.web-url=https://training.example",
      "cpd.gateway.cookie-same-site=none"
    })
class FrontEndOnAnotherSiteIT extends GatewayUnderTest {

  private static final String WEB_APP = "https://training.example";

  @Test
  void its_pages_pass_the_preflight_and_write_with_credentials() throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> preflight =
        send(
            to("/api/v1/organizations")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", WEB_APP)
                .header("Access-Control-Request-Method", "POST"));
    HttpResponse<String> written =
        send(
            to("/api/v1/organizations")
                .header("Cookie", COOKIE + "=" + person.token())
                .header("Origin", WEB_APP)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(WEB_APP);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(written.statusCode()).isEqualTo(200);
    assertThat(written.headers().firstValue("Access-Control-Allow-Origin")).hasValue(WEB_APP);
  }

  @Test
  void the_cookie_is_cleared_with_the_attributes_that_it_was_set_with() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/api/v1/registrations")
                .header("Cookie", COOKIE + "=ended")
                .header("Origin", WEB_APP));

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(COOKIE + "=;")
        .contains("Max-Age=0", "Secure", "HttpOnly", "SameSite=None", "Partitioned");
  }

  @Test
  void now_that_browsers_send_the_cookie_from_every_site_the_origin_alone_protects_writes()
      throws Exception {
    Person person = somebodyLoggedIn();

    for (String origin : new String[] {"https://evil.example", "null", ""}) {
      HttpResponse<String> answer =
          send(
              to("/api/v1/organizations")
                  .header("Cookie", COOKIE + "=" + person.token())
                  .header("Origin", origin)
                  .POST(BodyPublishers.ofString("{}")));

      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
    }
    assertThat(
            send(to("/api/v1/registrations")
                    .header("Cookie", COOKIE + "=" + person.token())
                    .header("Origin", "https://evil.example"))
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .as("no foreign page can read an answer")
        .isEmpty();
  }
}
