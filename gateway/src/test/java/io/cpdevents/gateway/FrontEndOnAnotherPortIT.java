package io.cpdevents.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * A web app on another port or subdomain of the same site: the second row of
 * docs/web-front-ends.md.
 */
@TestPropertySource(
    properties = {
      "test.public-url=http://localhost:8080",
      "cpd.gateway.web-url=http://localhost:5173"
    })
class FrontEndOnAnotherPortIT extends GatewayUnderTest {

  private static final String WEB_APP = "http://localhost:5173";
  private static final String PLAIN_COOKIE = "cpd-session";

  @Test
  void its_origin_is_allowed_without_a_further_setting() throws Exception {
    HttpResponse<String> preflight =
        send(
            to("/api/v1/organizations")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", WEB_APP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type, idempotency-key"));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(WEB_APP);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST", "PATCH", "DELETE");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Content-Type", "Idempotency-Key", "If-Match");
    assertThat(preflight.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void its_pages_read_and_write_with_credentials() throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> read =
        send(
            to("/api/v1/registrations")
                .header("Cookie", PLAIN_COOKIE + "=" + person.token())
                .header("Origin", WEB_APP));
    HttpResponse<String> written =
        send(
            to("/api/v1/organizations")
                .header("Cookie", PLAIN_COOKIE + "=" + person.token())
                .header("Origin", WEB_APP)
                .POST(BodyPublishers.ofString("{}")));

    for (HttpResponse<String> answer : java.util.List.of(read, written)) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(WEB_APP);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("ETag", "Idempotent-Replayed", "Retry-After");
    }
  }

  @Test
  void a_refusal_can_be_read_by_its_pages_too() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/api/v1/registrations")
                .header("Cookie", PLAIN_COOKIE + "=ended")
                .header("Origin", WEB_APP));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(WEB_APP);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(PLAIN_COOKIE + "=;")
        .contains("HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure");
  }

  @Test
  void a_page_of_a_third_port_is_foreign() throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> written =
        send(
            to("/api/v1/organizations")
                .header("Cookie", PLAIN_COOKIE + "=" + person.token())
                .header("Origin", "http://localhost:3000")
                .POST(BodyPublishers.ofString("{}")));
    HttpResponse<String> read =
        send(to("/api/v1/events").header("Origin", "http://localhost:3000"));

    assertThat(written.statusCode()).isEqualTo(403);
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void links_that_lead_to_the_gateway_go_on_to_the_web_app() throws Exception {
    HttpResponse<String> mail = send(to("/verify-email"));
    HttpResponse<String> checkout =
        send(to("/registrations/0198c2d5-3d4e-7000-8000-0123456789ab?checkout=done"));

    assertThat(mail.statusCode()).isEqualTo(302);
    assertThat(mail.headers().firstValue("Location")).hasValue(WEB_APP + "/verify-email");
    assertThat(checkout.headers().firstValue("Location"))
        .hasValue(WEB_APP + "/registrations/0198c2d5-3d4e-7000-8000-0123456789ab?checkout=done");
  }
}
