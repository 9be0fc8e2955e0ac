package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.cpdevents.platform.test.Infrastructure;
import io.cpdevents.platform.test.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The gateway on a free port, with a real Kafka and one server that plays all services. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GatewayUnderTest {

  static final String PUBLIC_URL = "https://events.example";
  static final String COOKIE = "__Host-cpd-session";

  /** So many requests the services answer at a time; others would wait behind them. */
  private static final int MAX_AT_ONCE = 64;

  static final WireMockServer services =
      new WireMockServer(
          options().bindAddress("127.0.0.1").dynamicPort().containerThreads(MAX_AT_ONCE));

  @LocalServerPort int port;

  @DynamicPropertySource
  static void environment(DynamicPropertyRegistry properties) {
    services.start();
    for (String service :
        List.of("accounts", "registration", "billing", "payout", "notification")) {
      properties.add("cpd.gateway.services." + service, services::baseUrl);
    }
    properties.add("cpd.gateway.public-url", () -> "${test.public-url:" + PUBLIC_URL + "}");
    properties.add("cpd.gateway.allowed-origins", () -> "https://app.example");
    properties.add("cpd.gateway.internal-token", () -> "the-internal-token");
    properties.add("cpd.gateway.rate-limits", () -> "${test.rate-limits:relaxed}");
    properties.add("test.infrastructure", () -> Infrastructure.shared().bootstrapServers());
    properties.add(
        "cpd.gateway.kafka-bootstrap-servers", () -> "${test.kafka:${test.infrastructure}}");
  }

  @BeforeEach
  void every_service_answers() {
    services.resetAll();
    services.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson("{\"answer\":42}")));
    services.stubFor(
        get("/v3/api-docs")
            .atPriority(5)
            .willReturn(
                okJson(
                    """
                    {"paths": {"/api/v1/things": {}},
                     "components": {"schemas": {"Thing": {"type": "object"}}},
                     "x-problems": [{"code": "thing-not-found", "status": 404,
                       "meaning": "There is no such <thing>.", "remedy": "Check the id."}]}
                    """)));
    services.stubFor(
        post("/internal/token-exchanges")
            .atPriority(5)
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withHeader("Content-Type", "application/problem+json")
                    .withBody("{\"code\":\"session-invalid\"}")));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return RawHttp.send(request);
  }

  /** A person who is logged in. */
  record Person(UUID accountId, UUID sessionId, String token) {}

  static Person somebodyLoggedIn() {
    Person person =
        new Person(UUID.randomUUID(), UUID.randomUUID(), "session-" + UUID.randomUUID());
    grant(person, "access-of-" + person.token());
    return person;
  }

  /** What accounts-service answers for this person from now on. */
  static void grant(Person person, String accessToken) {
    services.stubFor(
        post("/internal/token-exchanges")
            .atPriority(1)
            .withRequestBody(equalToJson("{\"token\":\"" + person.token() + "\"}"))
            .willReturn(
                okJson(
                    """
                    {"accessToken":"%s","accountId":"%s","sessionId":"%s","expiresAt":"%s"}\
                    """
                        .formatted(
                            accessToken,
                            person.accountId(),
                            person.sessionId(),
                            Instant.now().plusSeconds(60)))));
  }
}
