package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A web app behind the same proxy as the API: the first row of docs/web-front-ends.md. */
class FrontEndOnTheSameOriginIT extends GatewayUnderTest {

  private static final String SESSION_COOKIE =
      COOKIE + "=token; Path=/; Secure; HttpOnly; SameSite=Lax";

  @Test
  void a_page_logs_in_with_its_origin_and_gets_the_cookie_of_accounts_service() throws Exception {
    services.stubFor(
        post("/api/v1/sessions")
            .willReturn(aResponse().withStatus(201).withHeader("Set-Cookie", SESSION_COOKIE)));

    HttpResponse<String> answer =
        send(
            to("/api/v1/sessions")
                .header("Origin", PUBLIC_URL)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly(SESSION_COOKIE);
    services.verify(
        postRequestedFor(urlEqualTo("/api/v1/sessions")).withHeader("Origin", equalTo(PUBLIC_URL)));
  }

  @Test
  void a_program_sends_no_origin_and_none_is_made_up() throws Exception {
    send(to("/api/v1/sessions").POST(BodyPublishers.ofString("{}")));

    services.verify(postRequestedFor(urlEqualTo("/api/v1/sessions")).withoutHeader("Origin"));
  }

  @Test
  void its_pages_read_and_write_with_the_cookie() throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> read =
        send(to("/api/v1/registrations").header("Cookie", COOKIE + "=" + person.token()));
    HttpResponse<String> written =
        send(
            to("/api/v1/organizations")
                .header("Cookie", COOKIE + "=" + person.token())
                .header("Origin", PUBLIC_URL)
                .POST(BodyPublishers.ofString("{}")));

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(written.statusCode()).isEqualTo(200);
  }

  @Test
  void a_session_that_has_ended_takes_the_cookie_with_it() throws Exception {
    HttpResponse<String> answer =
        send(to("/api/v1/registrations").header("Cookie", COOKIE + "=ended"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(COOKIE + "=;")
        .contains("Path=/", "Max-Age=0", "Secure", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Domain", "Partitioned");
  }

  @Test
  void a_log_in_from_a_foreign_page_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/api/v1/sessions")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"origin-refused\"");
    services.verify(0, postRequestedFor(urlEqualTo("/api/v1/sessions")));
  }
}
