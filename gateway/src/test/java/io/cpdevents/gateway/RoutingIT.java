package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cpdevents.platform.test.AtOnce;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RoutingIT extends GatewayUnderTest {

  private static final int MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT = 60;
  private static final int MORE_REQUESTS_THAN_POOLED_CONNECTIONS = 600;

  @Test
  void path_and_query_arrive_byte_for_byte() throws Exception {
    send(to("/api/v1/events?limit=5&q=caf%C3%A9+%2F&q=&x"));

    assertThat(onlyRequest().getUrl()).isEqualTo("/api/v1/events?limit=5&q=caf%C3%A9+%2F&q=&x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "Idempotency-Key", "Authorization"})
  void a_header_of_one_value_is_given_once(String name) throws Exception {
    HttpResponse<String> answer =
        send(
            to("/api/v1/events")
                .header(name, "a")
                .header(name, "b")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"malformed-request\"");
  }

  @Test
  void a_webhook_arrives_byte_for_byte_with_its_signature_and_without_a_session() throws Exception {
    byte[] body = new byte[300_000];
    new Random(1).nextBytes(body);

    HttpResponse<String> answer =
        send(
            to("/webhooks/stripe")
                .header("Stripe-Signature", "t=1,v1=abc")
                .header("Authorization", "Bearer whatever")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    LoggedRequest arrived = onlyRequest();
    assertThat(arrived.getBody()).isEqualTo(body);
    assertThat(arrived.getHeader("Stripe-Signature")).isEqualTo("t=1,v1=abc");
    assertThat(arrived.containsHeader("Authorization")).isFalse();
  }

  @Test
  void a_form_is_forwarded_unchanged() throws Exception {
    String form = "b=2&a=%201&a=%C3%A9";

    send(
        to("/webhooks/stripe")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));

    assertThat(onlyRequest().getBodyAsString()).isEqualTo(form);
  }

  @Test
  void headers_that_identify_the_caller_come_from_the_gateway_only() throws Exception {
    send(
        to("/api/v1/events")
            .header("X-Forwarded-For", "6.6.6.6")
            .header("X-Forwarded-Host", "evil.example")
            .header("Forwarded", "for=6.6.6.6")
            .header("X-Internal-Caller", "admin")
            .header("baggage", "role=admin")
            .header("X-Correlation-Id", "order.4711")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .header("Idempotency-Key", "k1"));

    LoggedRequest arrived = onlyRequest();
    assertThat(arrived.header("X-Forwarded-For").values()).containsExactly("127.0.0.1");
    assertThat(arrived.containsHeader("X-Forwarded-Host")).isFalse();
    assertThat(arrived.containsHeader("Forwarded")).isFalse();
    assertThat(arrived.containsHeader("X-Internal-Caller")).isFalse();
    assertThat(arrived.containsHeader("baggage")).isFalse();
    assertThat(arrived.getHeader("X-Correlation-Id")).isEqualTo("order.4711");
    assertThat(arrived.getHeader("Idempotency-Key")).isEqualTo("k1");
    assertThat(arrived.getHeader("traceparent"))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
        .doesNotContain("b7ad6b7169203331")
        .endsWith("-01");
  }

  @Test
  void a_malformed_correlation_id_is_replaced() throws Exception {
    HttpResponse<String> answer =
        send(to("/api/v1/events").header("X-Correlation-Id", "a b<script>"));

    String replaced = answer.headers().firstValue("X-Correlation-Id").orElseThrow();
    assertThat(replaced).matches("[0-9a-f]{32}");
    assertThat(onlyRequest().getHeader("X-Correlation-Id")).isEqualTo(replaced);
  }

  @Test
  void that_stripe_is_away_shuts_nothing_of_the_service_that_says_so() throws Exception {
    services.stubFor(
        get("/api/v1/finance/accounts")
            .willReturn(
                aResponse()
                    .withStatus(503)
                    .withHeader("Retry-After", "1")
                    .withHeader("X-Cpd-Unavailable", "stripe-unavailable")
                    .withBody("{\"code\":\"stripe-unavailable\"}")));
    for (int i = 0; i < MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT; i++) {
      HttpResponse<String> answer = send(to("/api/v1/finance/accounts"));
      assertThat(answer.body()).contains("stripe-unavailable");
      assertThat(answer.headers().firstValue("X-Cpd-Unavailable")).isEmpty();
    }

    assertThat(send(to("/api/v1/finance/breaks")).statusCode()).isEqualTo(200);
  }

  @Test
  void answers_have_the_gateways_headers_once_and_never_a_services_own_address() throws Exception {
    services.stubFor(
        post("/api/v1/events")
            .willReturn(
                aResponse()
                    .withStatus(201)
                    .withHeader("Location", services.baseUrl() + "/api/v1/events/1")
                    .withHeader("Server", "inside")
                    .withHeader("X-Frame-Options", "SAMEORIGIN")
                    .withHeader("Cache-Control", "max-age=10")
                    .withHeader("ETag", "\"1\"")
                    .withBody("{}")));

    HttpResponse<String> answer = send(to("/api/v1/events").POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().allValues("Location"))
        .containsExactly(PUBLIC_URL + "/api/v1/events/1");
    assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("Strict-Transport-Security")).hasSize(1);
    assertThat(answer.headers().allValues("Server")).isEmpty();
    assertThat(answer.headers().allValues("ETag")).containsExactly("\"1\"");
  }

  @Test
  void what_a_service_shows_to_everybody_may_be_kept_for_seconds_and_nothing_else()
      throws Exception {
    services.stubFor(
        get("/api/v1/events")
            .willReturn(ok("{}").withHeader("Cache-Control", "max-age=5, public")));
    assertThat(send(to("/api/v1/events")).headers().allValues("Cache-Control"))
        .containsExactly("max-age=5, public");
    for (String other : List.of("max-age=5", "max-age=500, public", "public", "private")) {
      services.stubFor(
          get("/api/v1/plans").willReturn(ok("{}").withHeader("Cache-Control", other)));
      assertThat(send(to("/api/v1/plans")).headers().allValues("Cache-Control"))
          .containsExactly("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/clock",
        "/api/v1/internal/clock",
        "/api/v1/nothing",
        "/api/v1",
        "/api/v1/organizations/1/internal",
        "/api/v1/ops/postgres",
        "/v3/api-docs/platform",
        "/webhooks/other",
        "/error",
        "/docs/nothing.js",
        "/pages/nothing.js",
        "/verify-email/more",
        "/registrations/not-an-id"
      })
  void a_path_without_a_route_is_not_found(String path) throws Exception {
    HttpResponse<String> answer = send(to(path));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertProblem(answer, "not-found");
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/events//1",
        "/api/v1/events/../../internal/clock",
        "/api/v1/events/%2e%2e/x",
        "/api/v1/events/a;b=c",
        "/api/v1/events/%2Finternal",
        "/%61ctuator/health",
        "/api/v1/events?a=%00"
      })
  void an_unusual_path_is_refused(String path) throws Exception {
    HttpResponse<String> answer = send(to(path));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertProblem(answer, "malformed-request");
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void an_unknown_method_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(to("/api/v1/events").method("PROPFIND", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertProblem(answer, "method-not-allowed");
  }

  @Test
  void the_actuator_is_for_programs_on_this_machine_only() throws Exception {
    assertThat(send(to("/actuator/health")).statusCode()).isEqualTo(200);
    assertThat(send(to("/actuator/prometheus")).body()).contains("cpd_gateway_revocations_current");

    assertProblem(send(to("/actuator/health").header("X-Forwarded-For", "127.0.0.1")), "not-found");
  }

  @Test
  void health_says_up_and_nothing_else() throws Exception {
    assertThat(send(to("/health")).body()).isEqualTo("{\"status\":\"up\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/docs",
        "/docs/page.js",
        "/problems",
        "/v3/api-docs",
        "/v3/api-docs/swagger-config",
        "/v3/api-docs/billing",
        "/verify-email",
        "/pages/page.css",
        "/api/v1/events"
      })
  void what_can_be_read_can_be_asked_about(String path) throws Exception {
    HttpResponse<String> read = send(to(path));
    HttpResponse<String> asked = send(to(path).method("HEAD", BodyPublishers.noBody()));

    assertThat(asked.statusCode()).isEqualTo(read.statusCode()).isEqualTo(200);
    assertThat(asked.headers().firstValue("Content-Type"))
        .isEqualTo(read.headers().firstValue("Content-Type"));
    assertThat(asked.body()).isEmpty();
  }

  @Test
  void json_is_for_programs_and_may_be_shown_as_nothing_else() throws Exception {
    HttpResponse<String> answer = send(to("/api/v1/events"));

    assertHeader(
        answer,
        "Content-Security-Policy",
        "default-src 'none'; object-src 'none'; frame-ancestors 'none'");
    assertHeader(answer, "X-Content-Type-Options", "nosniff");
    assertHeader(answer, "Cross-Origin-Resource-Policy", "same-origin");
    assertHeader(answer, "Referrer-Policy", "no-referrer");
    assertHeader(answer, "Cache-Control", "no-store");
  }

  @Test
  void the_documentation_runs_its_own_scripts_only_and_nothing_is_embedded() throws Exception {
    HttpResponse<String> page = send(to("/docs"));

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains(
            "default-src 'none'",
            "script-src 'self';",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    assertHeader(page, "Cross-Origin-Opener-Policy", "same-origin");
    assertThat(page.headers().firstValue("Permissions-Policy")).isPresent();
  }

  private static void assertHeader(HttpResponse<String> answer, String name, String value) {
    assertThat(answer.headers().allValues(name)).as(name).containsExactly(value);
  }

  @Test
  void the_documents_of_all_services_are_one_document_that_one_page_shows() throws Exception {
    String listed = send(to("/v3/api-docs/swagger-config")).body();
    HttpResponse<String> document = send(to("/v3/api-docs"));
    HttpResponse<String> page = send(to("/docs"));

    assertThat(listed)
        .contains("[{\"url\":\"/v3/api-docs\",", "\"/v3/api-docs/accounts\"")
        .contains("\"/v3/api-docs/notification\"");
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.body())
        .contains(
            "\"servers\":[{\"url\":\"" + PUBLIC_URL + "\"}]",
            "\"/api/v1/things\"",
            "\"Thing\"",
            "\"cookie\"",
            COOKIE,
            "\"bearer\"");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(page.body()).contains("swagger-ui-bundle.js");
    assertThat(send(to("/docs/swagger-ui-bundle.js")).statusCode()).isEqualTo(200);
  }

  @Test
  void who_opens_the_api_in_a_browser_is_sent_to_its_documentation() throws Exception {
    HttpResponse<String> answer = send(to("/"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/docs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PROPFIND"})
  void a_method_that_nobody_has_is_refused_as_any_other(String method) throws Exception {
    HttpResponse<String> answer = send(to("/api/v1/plans").method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertProblem(answer, "method-not-allowed");
    assertThat(answer.body()).contains("\"traceId\":\"");
    assertThat(answer.headers().firstValue("Allow"))
        .hasValue("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/v3/api-docs",
        "/v3/api-docs/accounts",
        "/problems",
        "/health",
        "/verify-email"
      })
  void what_can_only_be_read_takes_no_other_method(String path) throws Exception {
    HttpResponse<String> answer = send(to(path).POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertProblem(answer, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void an_address_and_headers_that_are_too_long_are_refused_by_their_codes() throws Exception {
    HttpResponse<String> address = send(to("/api/v1/" + "a".repeat(2_000)));
    HttpResponse<String> headers = send(to("/api/v1/plans").header("X-Long", "x".repeat(100_000)));

    assertThat(address.statusCode()).isEqualTo(414);
    assertProblem(address, "uri-too-long");
    assertThat(headers.statusCode()).isEqualTo(400);
    assertProblem(headers, "malformed-request");
  }

  @Test
  void a_page_describes_each_code_of_the_documents() throws Exception {
    HttpResponse<String> page = send(to("/problems/thing-not-found"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("There is no such &lt;thing&gt;.", "Check the id.");
    assertThat(send(to("/problems")).body()).contains("/problems/thing-not-found");
    assertThat(send(to("/problems/no-such-code")).statusCode()).isEqualTo(404);
  }

  @Test
  void a_body_whose_content_length_is_too_large_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(to("/api/v1/events").POST(BodyPublishers.ofByteArray(new byte[20 * 1024 * 1024])));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertProblem(answer, "body-too-large");
    services.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void a_chunked_body_that_grows_too_large_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/webhooks/stripe")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[600 * 1024]))));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertProblem(answer, "body-too-large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Transfer-Encoding: chunked       | zz~{}~0~~
          Transfer-Encoding: chunked       | -2~{}~0~~
          Transfer-Encoding: chunked       | FFFFFFFFFFFFFFFFF~{}~0~~
          Transfer-Encoding: chunked       | 2~{}{}0~~
          Transfer-Encoding: chunked       | 2;a~{}~
          Transfer-Encoding: chunked       | 2;a=b~{}~0~~
          Transfer-Encoding: chunked       | 2~{}~0;a~~
          Transfer-Encoding: chunked       | 2~{}~0~X-Trailer: a~~
          Transfer-Encoding: chunked       | 2~{}~0~no trailer~~
          Transfer-Encoding: gzip, chunked | 2~{}~0~~
          Transfer-Encoding: nonsense      | {}
          Content-Length: nonsense         | {}
          Content-Length: -2               | {}
          Content-Length: 2, 2             | {}
          Content-Length: 2~Content-Length: 3 | {}
          Content-Length: 99999999999999999999 | {}
          Content-Length: 20               | {}
          """)
  void a_body_that_is_badly_framed_is_refused_and_fills_no_log(
      String framing, String body, CapturedOutput log) throws IOException {
    for (String path :
        List.of("/api/v1/sessions", "/webhooks/stripe", "/api/v1/events", "/problems", "/docs")) {
      String request = "POST " + path + " HTTP/1.1~Host: localhost~" + framing + "~~" + body;
      String answer = exchange(request.replace("~", "\r\n"));
      // What nobody can post to is refused as that.
      assertThat(answer)
          .as(request)
          .matches(
              "(?s)HTTP/1.1 (400|405) .*\"code\":\"(malformed-request|method-not-allowed)\".*");
    }
    services.verify(0, anyRequestedFor(anyUrl()));
    assertThat(log.getAll()).doesNotContain("\tat ", "stack_trace", " ERROR ", "\"ERROR\"");
  }

  @Test
  void a_body_after_which_nothing_comes_is_too_slow_and_fills_no_log(CapturedOutput log)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String request =
          "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408 ")
          .contains("\"code\":\"body-too-slow\"", "Connection: close");
    }
    assertThat(log.getAll()).doesNotContain("\tat ", "stack_trace");
  }

  @Test
  void a_length_given_in_two_ways_is_that_of_the_chunks_and_nothing_follows_it() throws Exception {
    String smuggled = "GET /api/v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String answer =
        exchange(
            "POST /webhooks/stripe HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Length: 12\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                + smuggled);

    assertThat(answer).containsOnlyOnce("HTTP/1.1 ").contains("Connection: close");
    assertThat(onlyRequest().getBodyAsString()).isEqualTo("{}");
  }

  @Test
  void the_server_as_a_whole_is_no_address_and_its_body_is_not_waited_for() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String request = "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000\r\n\r\n{";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ")
          .contains("\"code\":\"malformed-request\"", "\"traceId\":\"", "Connection: close")
          .contains("X-Content-Type-Options: nosniff")
          .doesNotContain("TRACE");
    }
    assertThat(exchange("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void who_asks_before_it_sends_a_body_is_told_to_when_it_is_wanted_and_else_not_waited_for()
      throws IOException {
    String asked = "HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      socket
          .getOutputStream()
          .write(("POST /api/v1/nothing " + asked).getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 404 ")
          .contains("Connection: close");
    }

    assertThat(exchange("POST /webhooks/stripe " + asked + "{}"))
        .startsWith("HTTP/1.1 100 ")
        .contains("HTTP/1.1 200 ");
  }

  @Test
  void a_network_waits_for_thirty_two_things_at_a_time_whoever_they_are() throws Exception {
    services.stubFor(get("/api/v1/payments?waitSeconds=10").willReturn(ok().withFixedDelay(2_000)));

    List<HttpResponse<String>> answers =
        AtOnce.begin(40, () -> send(to("/api/v1/payments?waitSeconds=10"))).results();

    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(32);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 429)
        .hasSize(8)
        .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
  }

  /** Sends this and nothing more; answers what comes back. */
  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_chunked_body_arrives_whole() throws Exception {
    byte[] body = new byte[100_000];
    new Random(2).nextBytes(body);

    send(
        to("/webhooks/stripe")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

    assertThat(onlyRequest().getBody()).isEqualTo(body);
  }

  @Test
  void a_read_that_did_not_reach_the_service_is_sent_again() throws Exception {
    services.stubFor(
        get("/api/v1/plans")
            .inScenario("restart")
            .whenScenarioStateIs(STARTED)
            .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
            .willSetStateTo("up"));
    services.stubFor(
        get("/api/v1/plans")
            .inScenario("restart")
            .whenScenarioStateIs("up")
            .willReturn(ok("here")));

    assertThat(send(to("/api/v1/plans")).body()).isEqualTo("here");
  }

  @Test
  void a_write_is_never_sent_twice() throws Exception {
    services.stubFor(
        post("/api/v1/payments/1/refunds").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

    HttpResponse<String> answer =
        send(to("/api/v1/payments/1/refunds").POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertProblem(answer, "service-unavailable");
    services.verify(1, anyRequestedFor(urlEqualTo("/api/v1/payments/1/refunds")));
  }

  @Test
  void an_answer_that_breaks_off_before_anything_was_sent_is_a_refusal() throws Exception {
    services.stubFor(
        get("/api/v1/plans").willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));

    HttpResponse<String> answer = send(to("/api/v1/plans"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertProblem(answer, "service-unavailable");
  }

  @Test
  void answers_that_become_not_modified_return_their_connections() throws Exception {
    services.stubFor(get("/api/v1/plans").willReturn(ok("a body").withHeader("ETag", "\"1\"")));

    for (int i = 0; i < MORE_REQUESTS_THAN_POOLED_CONNECTIONS; i++) {
      assertThat(send(to("/api/v1/plans").header("If-None-Match", "\"1\"")).statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void a_service_that_takes_too_long_times_out_and_a_slow_route_may_take_longer() throws Exception {
    services.stubFor(get("/api/v1/tickets/1").willReturn(ok().withFixedDelay(11_000)));
    services.stubFor(
        get("/api/v1/payments?waitSeconds=10").willReturn(ok().withFixedDelay(11_000)));

    AtOnce.Crowd<HttpResponse<String>> patient =
        AtOnce.begin(1, () -> send(to("/api/v1/payments?waitSeconds=10")));
    HttpResponse<String> answer = send(to("/api/v1/tickets/1"));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertProblem(answer, "upstream-timeout");
    assertThat(patient.results().getFirst().statusCode()).isEqualTo(200);
  }

  @Test
  void refusals_of_a_service_do_not_open_its_breaker_and_an_outage_does() throws Exception {
    services.stubFor(get("/api/v1/mails/1").willReturn(aResponse().withStatus(404)));
    services.stubFor(get("/api/v1/mails/2").willReturn(aResponse().withStatus(500)));
    services.stubFor(get("/api/v1/mails/3").willReturn(aResponse().withStatus(503)));

    for (int i = 0; i < 60; i++) {
      assertThat(send(to("/api/v1/mails/1")).statusCode()).isEqualTo(404);
      assertThat(send(to("/api/v1/mails/2")).statusCode()).isEqualTo(500);
    }
    for (int i = 0; i < 60; i++) {
      assertThat(send(to("/api/v1/mails/3")).statusCode()).isEqualTo(503);
    }

    HttpResponse<String> refused = send(to("/api/v1/mails/1"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertProblem(refused, "service-unavailable");
    assertThat(send(to("/api/v1/events")).statusCode()).as("another service").isEqualTo(200);
    await("the service is tried again")
        .until(() -> send(to("/api/v1/mails/1")).statusCode() == 404);
    for (int i = 0; i < 10; i++) {
      assertThat(send(to("/api/v1/mails/1")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void refusals_that_an_attacker_causes_are_counted_by_their_code() throws Exception {
    double tricks = refusals("unusual-request");
    double sessions = refusals("session-invalid");

    send(to("/api/v1/events/../../internal/clock"));
    send(to("/api/v1/me").header("Authorization", "Bearer nobody"));
    send(to("/api/v1/nothing"));

    assertThat(refusals("unusual-request") - tricks).isEqualTo(1);
    assertThat(refusals("session-invalid") - sessions).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/events/%2Finternal HTTP/1.1~Host: a~~",
        "GET /../../internal/clock HTTP/1.1~Host: a~~",
        "GET /api/v1/events%00 HTTP/1.1~Host: a~~",
        "GET /api/v1%5Cevents HTTP/1.1~Host: a~~",
        "GET /api/v1/events HTTP/1.1~~",
        "POST /api/v1/sessions HTTP/1.1~Host: a~Content-Length: 2~Content-Length: 3~~{}",
        "GARBAGE~~",
        "GET /api/v1/events HTTP/9.9~Host: a~~",
        "GET /api/v1/events of HTTP/1.1~Host: a~~",
        "G{T /api/v1/events HTTP/1.1~Host: a~~",
        "GET /api/v1/events HTTP/1.1~Host: a~no header~~",
        "GET /api/v1/events HTTP/1.1~Host: a~X: \u0001~~",
        "GET http://other/api/v1/events HTTP/1.1~Host: a~~"
      })
  void tricks_that_tomcat_itself_refuses_are_counted_too(String request) throws Exception {
    double tricks = refusals("unusual-request");

    assertThat(exchange(request.replace("~", "\r\n"))).startsWith("HTTP/1.1 400 ");

    assertThat(refusals("unusual-request") - tricks).isEqualTo(1);
  }

  @Test
  void headers_that_are_too_large_are_counted_too() throws Exception {
    double tricks = refusals("unusual-request");

    send(to("/api/v1/plans").header("X-Long", "x".repeat(100_000)));

    assertThat(refusals("unusual-request") - tricks).isEqualTo(1);
  }

  @Test
  void strangers_who_read_documents_make_no_service_write_any() throws Exception {
    send(to("/v3/api-docs"));
    services.resetRequests();

    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = send(to("/v3/api-docs/billing"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"/api/v1/things\"");
    }

    services.verify(0, anyRequestedFor(anyUrl()));
  }

  private double refusals(String code) throws Exception {
    String line = "cpd_security_refusals_total{code=\"" + code + "\"} ";
    return send(to("/actuator/prometheus"))
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElseThrow();
  }

  private static LoggedRequest onlyRequest() {
    assertThat(services.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    return services.findAll(anyRequestedFor(anyUrl())).getFirst();
  }

  private static void assertProblem(HttpResponse<String> answer, String code) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }
}
