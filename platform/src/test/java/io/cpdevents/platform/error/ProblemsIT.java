package io.cpdevents.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest(classes = TestService.class)
class ProblemsIT {

  private static final UUID ORGANIZATION = Ids.next();

  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a","mode":"in-person","colour":1}            | 400 | unknown-field   | colour
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":"CAD","x":1}} | 400 | unknown-field | price.x
          {"name":1,"mode":"in-person"}                         | 400 | invalid-request | name
          {"name":"a","mode":"IN_PERSON"}                       | 400 | invalid-request | mode
          {"name":"a","mode":"in-person","price":{"amountMinor":1.5,"currency":"CAD"}} | 400 | invalid-request | price.amountMinor
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":"XXQ"}}   | 400 | invalid-request | price.currency
          {"name":"a","mode":"in-person","price":{"amountMinor":99999999999999999999,"currency":"CAD"}} | 400 | invalid-request | price.amountMinor
          {"name":"a","mode":"in-person","price":{"amountMinor":1}}                    | 400 | invalid-request | price
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":null}}    | 400 | invalid-request | price
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":""}}      | 400 | invalid-request | price
          {"name":"a\\u0000b","mode":"in-person"}               | 400 | invalid-request | name
          {"name":"a\\ud800","mode":"in-person"}                | 400 | invalid-request | name
          {"name":"a name of more than twenty","mode":"in-person"} | 400 | invalid-request | name
          {"name":" ","mode":null}                              | 400 | invalid-request | mode
          {"name":                                              | 400 | malformed-json  |
          {} {}                                                 | 400 | invalid-request|
          null                                                  | 400 | malformed-json  |
          []                                                    | 400 | invalid-request |
          """)
  void junk_is_refused_with_its_code(String body, int status, String code, @Nullable String field)
      throws Exception {
    HttpResponse<String> answer = post("/api/v1/things", BodyPublishers.ofString(body));
    assertProblem(answer, status, code);
    if (field != null) {
      assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }
  }

  @Test
  void deep_nesting_is_refused() throws Exception {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    HttpResponse<String> answer = post("/api/v1/things", BodyPublishers.ofString(deep));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void a_body_that_is_too_large_is_refused_whether_announced_or_not() throws Exception {
    byte[] large = new byte[2 * 1024 * 1024];
    assertProblem(post("/api/v1/things", BodyPublishers.ofByteArray(large)), 413, "body-too-large");
    byte[] text =
        ("{\"name\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> chunked =
        post("/api/v1/things", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text)));
    assertThat(chunked.statusCode()).isIn(400, 413);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/nothing,404,not-found",
    "DELETE,/api/v1/things,405,method-not-allowed",
    "GET,/api/v1/organizations/not-a-uuid/things,400,invalid-request",
    "GET,/api/v1/pages?limit=0,400,invalid-request",
    "GET,/api/v1/pages?limit=abc,400,invalid-request",
    "GET,/api/v1/pages?after=abc,400,invalid-request",
  })
  void wrong_paths_methods_and_parameters_are_refused(
      String method, String path, int status, String code) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri(path))
                .header("Authorization", bearer(Set.of(), Map.of()))
                .method(method, BodyPublishers.noBody()));
    assertProblem(answer, status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/%00", "/api/v1/..%2f..", "/api/v1/a|b", "/api/v1/%zz"})
  void a_path_that_the_container_refuses_is_told_as_a_problem(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json", "\"code\":")
          .doesNotContain("<html", "Tomcat");
    }
  }

  @Test
  void another_content_type_is_refused() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/api/v1/things"))
                .header("Authorization", bearer(Set.of(), Map.of()))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("name")));
    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void a_bug_is_told_without_its_inside() throws Exception {
    HttpResponse<String> answer =
        post("/api/v1/things", BodyPublishers.ofString("{\"name\":\"a\",\"mode\":\"broken\"}"));
    assertProblem(answer, 500, "internal-error");
    assertThat(answer.body()).doesNotContain("Exception", "a bug").contains("traceId");
  }

  @Test
  void each_kind_of_endpoint_asks_for_its_caller() throws Exception {
    assertThat(get("/api/v1/public", null).body()).contains("anonymous");
    assertThat(get("/api/v1/public", bearer(Set.of(), Map.of())).body()).contains("known");
    assertProblem(
        get("/api/v1/organizations/" + ORGANIZATION + "/things", null), 401, "session-missing");
    assertProblem(
        get("/api/v1/organizations/" + ORGANIZATION + "/things", bearer(Set.of(), Map.of())),
        404,
        "organization-not-found");
    assertProblem(
        get(
            "/api/v1/organizations/" + ORGANIZATION + "/things",
            bearer(Set.of(), Map.of(ORGANIZATION, "staff"))),
        403,
        "role-missing");
    assertThat(
            get(
                    "/api/v1/organizations/" + ORGANIZATION + "/things",
                    bearer(Set.of(), Map.of(ORGANIZATION, "owner")))
                .statusCode())
        .isEqualTo(200);
    assertProblem(get("/api/v1/ops/things", bearer(Set.of(), Map.of())), 403, "role-missing");
    assertThat(get("/api/v1/ops/things", bearer(Set.of("platform-finance"), Map.of())).statusCode())
        .isEqualTo(200);
    assertProblem(get("/api/v1/public", "Bearer nonsense"), 401, "token-invalid");
    assertProblem(get("/api/v1/public", "Bearer " + "a.".repeat(2) + "b"), 401, "token-invalid");
  }

  @Test
  void internal_endpoints_want_the_internal_token() throws Exception {
    assertProblem(get("/internal/things", null), 401, "internal-only");
    assertProblem(
        get("/internal/things", bearer(Set.of("platform-admin"), Map.of())), 401, "internal-only");
    assertThat(get("/internal/things", "Bearer internal-test-token").statusCode()).isEqualTo(200);
  }

  @Test
  void an_endpoint_without_an_access_rule_is_closed() throws Exception {
    assertProblem(
        get("/api/v1/forgotten", bearer(Set.of("platform-admin"), Map.of())),
        500,
        "internal-error");
  }

  @Test
  void health_metrics_and_the_openapi_document_are_there() throws Exception {
    assertThat(get("/actuator/health", null).body()).contains("UP");
    assertThat(get("/actuator/prometheus", null).body())
        .contains("cpd_outbox_depth", "cpd_outbox_oldest_age_seconds", "cpd_parked_messages");
    assertThat(get("/v3/api-docs", null).body())
        .contains("/api/v1/things")
        .doesNotContain("/internal/things");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get  | /api/v1/public                    | public       | []
          post | /api/v1/things                    | account      | []
          get  | /api/v1/organizations/{id}/things | organization | ["admin"]
          get  | /api/v1/ops/things                | platform     | ["platform-finance"]
          get  | /api/v1/forgotten                 |              | []
          """)
  void the_openapi_document_tells_who_may_call(
      String method, String path, @Nullable String access, String roles) throws Exception {
    JsonNode document = ContractsJson.mapper().readTree(get("/v3/api-docs", null).body());
    JsonNode operation = document.get("paths").get(path).get(method);
    assertThat(operation.path("x-access").asString("")).isEqualTo(access == null ? "" : access);
    assertThat(operation.path("x-roles").toString()).isEqualTo(roles.equals("[]") ? "" : roles);
    assertThat(document.get("info").get("title").asString()).endsWith(" — CPD Events");
  }

  @ParameterizedTest
  @CsvSource({
    "post, /api/v1/things, optional",
    "post, /api/v1/refunds, required",
    "get, /api/v1/public, none",
    "get, /api/v1/pages, none",
    "post, /webhooks/things, none",
  })
  void the_openapi_document_tells_where_an_idempotency_key_does_something(
      String method, String path, String told) throws Exception {
    JsonNode document = ContractsJson.mapper().readTree(get("/v3/api-docs", null).body());
    List<String> keys = new ArrayList<>();
    for (JsonNode parameter : document.get("paths").get(path).get(method).path("parameters")) {
      if (parameter.get("name").asString().equals("Idempotency-Key")) {
        assertThat(parameter.get("in").asString()).isEqualTo("header");
        assertThat(parameter.get("schema").get("maxLength").asInt()).isEqualTo(255);
        keys.add(parameter.path("required").asBoolean(false) ? "required" : "optional");
      }
    }
    assertThat(keys).isEqualTo(told.equals("none") ? List.of() : List.of(told));
  }

  @Test
  void the_openapi_document_tells_the_wire_format() throws Exception {
    String document = get("/v3/api-docs", null).body();
    assertThat(document)
        .contains("in-person", "[A-Z]{3}", "\"limit\"", "\"after\"")
        .doesNotContain("IN_PERSON", "currencyCode", "sessionId");
  }

  @Test
  void a_query_that_cannot_be_decoded_is_refused() throws Exception {
    assertProblem(get("/api/v1/pages?limit=%ED%A0%80", null), 400, "malformed-request");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  private static String bearer(Set<String> roles, Map<UUID, String> organizations) {
    return TestTokens.bearer(Ids.next(), roles, organizations);
  }

  private HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).GET();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", bearer(Set.of(), Map.of()))
            .header("Content-Type", "application/json")
            .POST(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
