package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.accounts.SessionEvent;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.gateway.sessions.SessionEventsReader;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.Infrastructure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class SessionsIT extends GatewayUnderTest {

  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private static final int MAX_ATTEMPTS = 10;

  @Autowired SessionEventsReader revocations;
  private Counter bypasses;

  @Autowired
  void measuredBy(MeterRegistry meters) {
    bypasses = meters.get("cpd.gateway.token.bypasses").counter();
  }

  @BeforeEach
  void revocations_are_received() {
    await().until(revocations::isCurrent);
  }

  @Test
  void a_session_token_goes_to_accounts_and_only_the_access_token_to_a_service() throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> answer =
        send(bearer(person, "/api/v1/registrations").header("User-Agent", "a browser"));

    assertThat(answer.statusCode()).isEqualTo(200);
    services.verify(
        postRequestedFor(urlEqualTo("/internal/token-exchanges"))
            .withHeader("Authorization", equalTo("Bearer the-internal-token"))
            .withHeader("X-Forwarded-For", equalTo("127.0.0.1"))
            .withHeader("User-Agent", equalTo("a browser")));
    services.verify(
        getRequestedFor(urlEqualTo("/api/v1/registrations"))
            .withHeader("Authorization", equalTo("Bearer access-of-" + person.token())));
  }

  @Test
  void a_cookie_is_exchanged_too_and_is_not_forwarded() throws Exception {
    Person person = somebodyLoggedIn();

    send(to("/api/v1/registrations").header("Cookie", COOKIE + "=" + person.token()));

    services.verify(
        getRequestedFor(urlEqualTo("/api/v1/registrations"))
            .withHeader("Authorization", equalTo("Bearer access-of-" + person.token()))
            .withoutHeader("Cookie"));
  }

  @Test
  void by_what_a_browser_is_known_is_told_to_accounts_alone_and_not_by_a_header() throws Exception {
    String device = "d".repeat(43);
    send(
        to("/api/v1/sessions")
            .header("Cookie", "__Host-cpd-device=" + device)
            .POST(BodyPublishers.ofString("{}")));
    services.verify(
        postRequestedFor(urlEqualTo("/api/v1/sessions"))
            .withHeader("X-Cpd-Device", equalTo(device)));
    send(to("/api/v1/events").header("Cookie", "__Host-cpd-device=" + device));
    services.verify(getRequestedFor(urlEqualTo("/api/v1/events")).withoutHeader("X-Cpd-Device"));

    services.resetRequests();
    send(
        to("/api/v1/sessions")
            .header("X-Cpd-Device", device)
            .header("Cookie", "__Host-cpd-device=short")
            .POST(BodyPublishers.ofString("{}")));
    services.verify(postRequestedFor(urlEqualTo("/api/v1/sessions")).withoutHeader("X-Cpd-Device"));
  }

  @Test
  void many_requests_of_a_session_make_one_exchange() throws Throwable {
    whileTokensAreCached(() -> {
      Person person = somebodyLoggedIn();
      List<HttpResponse<String>> answers =
          AtOnce.times(40, () -> send(bearer(person, "/api/v1/registrations")));
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
      services.verify(1, postRequestedFor(urlEqualTo("/internal/token-exchanges")));
    });
  }

  @Test
  void a_request_without_credentials_reaches_the_service_anonymously() throws Exception {
    send(to("/api/v1/events"));

    services.verify(getRequestedFor(urlEqualTo("/api/v1/events")).withoutHeader("Authorization"));
    services.verify(0, postRequestedFor(urlEqualTo("/internal/token-exchanges")));
  }

  @Test
  void a_log_in_tells_the_service_which_session_it_was_sent_with() throws Exception {
    Person person = somebodyLoggedIn();
    send(logIn(bearer(person, "/api/v1/sessions")));
    services.verify(
        postRequestedFor(urlEqualTo("/api/v1/sessions"))
            .withHeader("Authorization", equalTo("Bearer access-of-" + person.token())));

    HttpResponse<String> afterItsEnd =
        send(logIn(to("/api/v1/sessions").header("Authorization", "Bearer stale-token")));

    assertThat(afterItsEnd.statusCode()).isEqualTo(200);
    services.verify(
        1, postRequestedFor(urlEqualTo("/api/v1/sessions")).withoutHeader("Authorization"));
  }

  private static HttpRequest.Builder logIn(HttpRequest.Builder request) {
    return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
  }

  @Test
  void whoever_opens_a_page_of_finance_with_a_stale_cookie_reads_it_as_nobody() throws Exception {
    HttpResponse<String> page =
        send(to("/finance/breaks").header("Cookie", COOKIE + "=stale-token"));

    services.verify(getRequestedFor(urlEqualTo("/finance/breaks")).withoutHeader("Authorization"));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'", "form-action 'none'");
  }

  @Test
  void a_session_that_is_not_valid_is_refused_and_its_cookie_cleared() throws Exception {
    HttpResponse<String> answer =
        send(to("/api/v1/events").header("Cookie", COOKIE + "=stale-token"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"code\":\"session-invalid\"");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(COOKIE + "=;")
        .contains("Max-Age=0", "Path=/", "Secure", "HttpOnly");
    services.verify(0, getRequestedFor(urlEqualTo("/api/v1/events")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer a\"b", "junk"})
  void credentials_that_cannot_be_a_token_are_refused_without_a_call(String header)
      throws Exception {
    HttpResponse<String> answer = send(to("/api/v1/events").header("Authorization", header));

    assertThat(answer.statusCode()).isEqualTo(401);
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void logging_in_works_with_a_stale_cookie() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/api/v1/sessions")
                .header("Cookie", COOKIE + "=stale-token")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void an_api_key_that_has_ended_is_refused_within_a_second() throws Exception {
    // Its access token has its id for that of a session.
    Person program = somebodyLoggedIn();
    assertThat(send(bearer(program, "/api/v1/events")).statusCode()).isEqualTo(200);

    revoke(program);
    publish(new ApiKeyEnded(UUID.randomUUID(), program.sessionId(), Instant.now()));

    await()
        .atMost(A_SECOND)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> send(bearer(program, "/api/v1/events")).statusCode() == 401);
  }

  @Test
  void a_revoked_session_is_refused_within_a_second() throws Exception {
    Person person = somebodyLoggedIn();
    Person another = somebodyLoggedIn();
    assertThat(send(bearer(person, "/api/v1/registrations")).statusCode()).isEqualTo(200);
    assertThat(send(bearer(another, "/api/v1/registrations")).statusCode()).isEqualTo(200);

    revoke(person);
    publish(new SessionRevoked(person.accountId(), person.sessionId(), Instant.now()));

    await()
        .atMost(A_SECOND)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> send(bearer(person, "/api/v1/registrations")).statusCode() == 401);
    assertThat(send(bearer(another, "/api/v1/registrations")).statusCode()).isEqualTo(200);
  }

  @Test
  void changed_roles_are_in_the_next_token_within_a_second() throws Exception {
    Person person = somebodyLoggedIn();
    send(bearer(person, "/api/v1/registrations"));

    grant(person, "token-with-new-roles");
    publish(new RolesChanged(person.accountId(), Instant.now()));

    await()
        .atMost(A_SECOND)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          services.resetRequests();
          send(bearer(person, "/api/v1/me"));
          return !services
              .findAll(
                  getRequestedFor(urlEqualTo("/api/v1/me"))
                      .withHeader("Authorization", equalTo("Bearer token-with-new-roles")))
              .isEmpty();
        });
  }

  @Test
  void a_role_that_a_write_at_accounts_gives_is_in_the_next_token() throws Throwable {
    whileTokensAreCached(() -> {
      Person person = somebodyLoggedIn();
      send(bearer(person, "/api/v1/registrations"));
      grant(person, "token-with-new-roles");

      HttpResponse<String> created =
          send(bearer(person, "/api/v1/organizations").POST(BodyPublishers.ofString("{}")));
      send(bearer(person, "/api/v1/organizations/1/events"));

      assertThat(created.statusCode()).isEqualTo(200);
      services.verify(
          postRequestedFor(urlEqualTo("/api/v1/organizations"))
              .withHeader("Authorization", equalTo("Bearer access-of-" + person.token())));
      services.verify(
          getRequestedFor(urlEqualTo("/api/v1/organizations/1/events"))
              .withHeader("Authorization", equalTo("Bearer token-with-new-roles")));
    });
  }

  @Test
  void a_request_that_changes_no_role_keeps_the_cached_token() throws Throwable {
    services.stubFor(post("/api/v1/organizations").willReturn(serviceUnavailable()));
    whileTokensAreCached(() -> {
      Person person = somebodyLoggedIn();

      send(bearer(person, "/api/v1/organizations"));
      send(bearer(person, "/api/v1/organizations").POST(BodyPublishers.ofString("{}")));
      send(bearer(person, "/api/v1/organizations/1/events").POST(BodyPublishers.ofString("{}")));
      send(bearer(person, "/api/v1/me"));

      services.verify(1, postRequestedFor(urlEqualTo("/internal/token-exchanges")));
    });
  }

  /** Tries again only if the cache was bypassed, because the reader was seen to be behind. */
  private void whileTokensAreCached(ThrowingRunnable journey) throws Throwable {
    for (int attempt = 1; ; attempt++) {
      services.resetRequests();
      double bypassesBefore = bypasses.count();
      try {
        journey.run();
        return;
      } catch (AssertionError e) {
        if (bypasses.count() == bypassesBefore || attempt == MAX_ATTEMPTS) {
          throw e;
        }
        await().until(revocations::isCurrent);
      }
    }
  }

  @Test
  void an_outage_of_accounts_service_is_not_an_invalid_session() throws Exception {
    services.stubFor(
        post("/internal/token-exchanges").atPriority(1).willReturn(serviceUnavailable()));

    HttpResponse<String> answer =
        send(to("/api/v1/events").header("Cookie", COOKIE + "=some-token"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "https://events.example.evil.example"})
  void a_write_with_a_cookie_from_a_foreign_page_is_refused(String origin) throws Exception {
    Person person = somebodyLoggedIn();

    HttpResponse<String> answer = send(cookieWrite(person).header("Origin", origin));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"origin-refused\"");
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void a_write_with_a_cookie_needs_an_allowed_origin_or_referer() throws Exception {
    Person person = somebodyLoggedIn();

    assertThat(send(cookieWrite(person)).statusCode()).isEqualTo(403);
    assertThat(send(cookieWrite(person).header("Origin", PUBLIC_URL)).statusCode()).isEqualTo(200);
    assertThat(send(cookieWrite(person).header("Referer", PUBLIC_URL + "/page")).statusCode())
        .isEqualTo(200);
    assertThat(send(cookieWrite(person).header("Origin", "https://app.example")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void only_pages_of_allowed_origins_pass_a_preflight() throws Exception {
    HttpResponse<String> preflight =
        send(
            to("/api/v1/events")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST"));
    HttpResponse<String> foreign =
        send(
            to("/api/v1/events")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST"));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://app.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  private HttpRequest.Builder bearer(Person person, String path) {
    return to(path).header("Authorization", "Bearer " + person.token());
  }

  private HttpRequest.Builder cookieWrite(Person person) {
    return to("/api/v1/organizations")
        .header("Cookie", COOKIE + "=" + person.token())
        .POST(BodyPublishers.ofString("{}"));
  }

  private static void revoke(Person person) {
    services.getStubMappings().stream()
        .filter(stub -> stub.getRequest().toString().contains(person.token()))
        .toList()
        .forEach(services::removeStub);
  }

  private static void publish(SessionEvent event) {
    try (Facts facts = Facts.to(Infrastructure.shared().bootstrapServers())) {
      facts.tell(event);
    }
  }
}
