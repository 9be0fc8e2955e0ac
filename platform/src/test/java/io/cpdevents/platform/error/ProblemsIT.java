package io.cpdevents.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.StrictBodies;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest(classes = TestService.class)
@ExtendWith(OutputCaptureExtension.class)
class ProblemsIT {

  private static final UUID ORGANIZATION = Ids.next();
  private static final String THING = "{\"name\":\"a\",\"mode\":\"in-person\"}";

  @LocalServerPort int port;

  @Autowired ApiClient api;

  @Autowired ApplicationContext context;

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
          {"name":"a","mode":"in-person","price":{"amountMinor":1}}                    | 400 | invalid-request | price.currency
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":null}}    | 400 | invalid-request | price.currency
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":""}}      | 400 | invalid-request | price.currency
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":"CAD "}}  | 400 | invalid-request | price.currency
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"currency":"cad"}}   | 400 | invalid-request | price.currency
          {"name":"a\\u0000b","mode":"in-person"}               | 400 | invalid-request | name
          {"name":"a\\ud800","mode":"in-person"}                | 400 | invalid-request | name
          {"name":"a name of more than twenty","mode":"in-person"} | 400 | invalid-request | name
          {"name":" ","mode":null}                              | 400 | invalid-request | mode
          {"name":                                              | 400 | malformed-json  |
          {} {}                                                 | 400 | malformed-json  |
          {"name":"a","name":"b","mode":"in-person"}            | 400 | malformed-json  |
          {"name":"a","mode":"in-person","price":{"amountMinor":1,"amountMinor":2,"currency":"CAD"}} | 400 | malformed-json |
          {"name":"a","mode":"in-person","price":{"currency":"CAD"}} | 400 | invalid-request | price.amountMinor
          {"name":"a","mode":"in-person","at":1767225600}       | 400 | invalid-request | at
          {"name":"a","mode":"in-person","at":1767225600.5}     | 400 | invalid-request | at
          {"name":"a","mode":"in-person","at":[2026,1,1]}       | 400 | invalid-request | at
          {"name":"a","mode":"in-person","at":"2026-01-01"}     | 400 | invalid-request | at
          {"name":"a\\nb","mode":"in-person"}                   | 400 | invalid-request | name
          {"name":"\\u200b","mode":"in-person"}                 | 400 | invalid-request | name
          null                                                  | 400 | malformed-json  |
          []                                                    | 400 | invalid-request |
          """)
  void junk_is_refused_with_its_code(String body, int status, String code, @Nullable String field) {
    Answer answer = post("/api/v1/things", body);
    assertProblem(answer, status, code);
    if (field != null) {
      assertThat(answer.plain()).contains("\"field\":\"" + field + "\"");
    }
  }

  @Test
  void one_answer_names_what_is_missing_and_which_rules_are_broken() {
    Answer answer = post("/api/v1/things", "{\"name\":\" \",\"at\":\"1960-01-01T00:00:00Z\"}");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.fieldErrors())
        .containsExactly("at: in-the-past", "mode: required", "name: required");
  }

  @Test
  void one_answer_names_what_is_unknown_and_cannot_be_read_and_is_wrong_in_the_rest() {
    Answer answer =
        post(
            "/api/v1/things",
            """
            {"name":1,"colour":{"red":[1]},"price":{"amountMinor":1,"currency":"CAD","x":1},
             "mode":"by-mail","weight":2,"at":"1960-01-01T00:00:00Z"}
            """);
    assertProblem(answer, 400, "unknown-field");
    assertThat(answer.fieldErrors())
        .containsExactly(
            "at: in-the-past",
            "colour: unknown-field",
            "mode: wrong-type",
            "name: wrong-type",
            "price.x: unknown-field",
            "weight: unknown-field");
  }

  @Test
  void a_number_that_is_missing_in_an_object_is_told_as_missing() {
    Answer answer = post("/api/v1/things", "{\"name\":\"a\",\"price\":{\"currency\":\"CAD\"}}");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.fieldErrors())
        .containsExactly("mode: required", "price.amountMinor: required");
  }

  @Test
  void all_that_is_missing_in_an_object_is_told_at_once() {
    Answer answer = post("/api/v1/things", "{\"name\":\"a\",\"price\":{}}");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.fieldErrors())
        .containsExactly(
            "mode: required", "price.amountMinor: required", "price.currency: required");
  }

  @Test
  void a_fraction_where_a_whole_number_is_asked_for_is_of_the_wrong_type() {
    Answer answer =
        post(
            "/api/v1/things",
            THING.replace("}", ",\"price\":{\"amountMinor\":1.5,\"currency\":\"CAD\"}}"));
    assertThat(answer.fieldErrors()).containsExactly("price.amountMinor: wrong-type");
  }

  @Test
  void one_answer_names_every_fault_of_path_and_query() {
    Answer answer =
        api.get(
            "/api/v1/things/1-1-1-1-1/kin?mode=by-mail&waitSeconds=11&from=monday"
                + "&to=0001-01-01T00:00:00Z&limit=0&after=x");
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.fieldErrors())
        .containsExactly(
            "after: wrong-format",
            "from: wrong-type",
            "limit: out-of-range",
            "mode: wrong-type",
            "notOf: required",
            "thingId: wrong-type",
            "to: out-of-range",
            "waitSeconds: out-of-range");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=5&limit=6, invalid-request, limit: given-twice",
    "limit=5&limit=x, invalid-request, limit: given-twice",
    "limit=5&lim=5, unknown-field, lim: unknown-field",
    "limit=0&sort, unknown-field, limit: out-of-range;sort: unknown-field",
  })
  void what_a_query_names_is_known_and_named_once(String query, String code, String told) {
    Answer answer = api.get("/api/v1/pages?" + query);
    assertProblem(answer, 400, code);
    assertThat(answer.fieldErrors()).containsExactly(told.split(";"));
  }

  @Test
  void a_name_that_is_encoded_is_the_same_name() throws Exception {
    String twice = raw(HttpRequest.newBuilder(uri("/api/v1/pages?%6Cimit=5&limit=5"))).body();
    assertThat(twice).contains("\"code\":\"given-twice\"");
  }

  @Test
  void a_webhook_may_have_anything_in_its_address() {
    assertThat(api.post("/webhooks/things?from=1&from=2", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "%20e%CC%81%C2%A0, é",
    "%E2%80%8B, time",
    "'', time",
  })
  void the_texts_of_a_query_are_read_in_the_form_of_those_of_a_body(String typed, String read)
      throws Exception {
    HttpResponse<String> answer = raw(HttpRequest.newBuilder(uri("/api/v1/times?name=" + typed)));
    assertThat(answer.body()).contains("\"name\":\"" + read + "\"");
  }

  @Test
  void a_text_of_a_query_that_cannot_be_stored_is_refused_as_in_a_body() throws Exception {
    String refused = raw(HttpRequest.newBuilder(uri("/api/v1/times?name=%00"))).body();
    assertThat(refused).contains("{\"field\":\"name\",\"code\":\"wrong-format\"}");
  }

  @Test
  void an_amount_is_told_with_all_else_that_is_wrong() {
    String price = ",\"price\":{\"amountMinor\":%s,\"currency\":\"KWD\"}}";
    Answer step = post("/api/v1/things", THING.replace("}", price.formatted(1_005)));
    assertProblem(step, 422, "amount-not-payable");
    assertThat(step.fieldErrors()).containsExactly("price.amountMinor: amount-not-payable");
    Answer both = post("/api/v1/things", "{\"name\":\"a\"" + price.formatted(1_005));
    assertProblem(both, 400, "invalid-request");
    assertThat(both.fieldErrors())
        .containsExactly("mode: required", "price.amountMinor: amount-not-payable");
    for (String amount : List.of("-1", "100000000")) {
      Answer beyond = post("/api/v1/things", THING.replace("}", price.formatted(amount)));
      assertProblem(beyond, 400, "invalid-request");
      assertThat(beyond.fieldErrors()).containsExactly("price.amountMinor: out-of-range");
    }
  }

  @Test
  void the_openapi_document_shows_the_limits_of_an_amount() {
    JsonNode schemas = api.get("/v3/api-docs").body().at("/components/schemas");
    assertThat(schemas.at("/NewThing/properties/price").toString()).contains("schemas/Price");
    assertThat(schemas.at("/Price/properties/amountMinor/minimum").asLong(-1)).isZero();
    assertThat(schemas.at("/Price/properties/amountMinor/maximum").asLong()).isEqualTo(99_999_999);
  }

  @Test
  void the_openapi_document_requires_a_form_whose_parts_must_be_there() {
    JsonNode body = api.get("/v3/api-docs").body().at("/paths/~1api~1v1~1files/post/requestBody");
    assertThat(body.path("required").asBoolean(false)).isTrue();
  }

  @Test
  void the_openapi_document_shows_which_answers_may_be_repeated() {
    JsonNode paths = api.get("/v3/api-docs").body().path("paths");
    JsonNode made = paths.path("/api/v1/things").path("post").path("responses");
    String replayed = "/headers/Idempotent-Replayed/schema/enum/0";
    assertThat(made.path("201").at(replayed).asString("")).isEqualTo("true");
    assertThat(made.path("400").at(replayed).asString("")).isEqualTo("true");
    assertThat(made.path("401").at(replayed).asString("")).isEmpty();
    assertThat(paths.path("/api/v1/secrets").path("post").toString())
        .contains("\"x-never-stored\":true")
        .doesNotContain("Idempotent-Replayed");
  }

  @Test
  void an_empty_part_of_a_query_counts_as_left_out() {
    String kin =
        "/api/v1/things/0199c0de-7a3b-7c4d-8e5f-60718293a4b5/kin?mode=&from=&limit=&after=";
    api.get(kin + "&waitSeconds=&notOf=0199c0de-7a3b-7c4d-8e5f-60718293a4b5").expect(200);
    assertThat(api.get(kin + "&notOf=").refused(400, "invalid-request").fieldErrors())
        .containsExactly("notOf: required");
  }

  @Test
  void one_answer_names_the_faults_of_path_and_body() {
    Answer answer =
        person(Set.of(), Map.of()).put("/api/v1/things/1-1-1-1-1", "{\"name\":\"a\",\"x\":1}");
    assertProblem(answer, 400, "unknown-field");
    assertThat(answer.fieldErrors())
        .containsExactly("mode: required", "thingId: wrong-type", "x: unknown-field");
  }

  @ParameterizedTest
  @CsvSource({
    "mode=IN_PERSON, mode: wrong-type",
    "waitSeconds=0x5, waitSeconds: wrong-type",
    "waitSeconds=%205, waitSeconds: wrong-type",
    "waitSeconds=%2B5, waitSeconds: wrong-type",
    "waitSeconds=%D9%A3, waitSeconds: wrong-type",
    "limit=%D9%A3, limit: wrong-type",
    "limit=%2B5, limit: wrong-type",
    "notOf=1-1-1-1-1, notOf: wrong-type",
    "from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z, to: not-after-from",
  })
  void nothing_in_a_query_is_read_in_another_form_than_the_document_says(
      String query, String told) {
    String id = "0199c0de-7a3b-7c4d-8e5f-60718293a4b5";
    String others = query.startsWith("notOf") ? "" : "&notOf=" + id;
    Answer answer = api.get("/api/v1/things/" + id + "/kin?" + query + others);
    assertProblem(answer, 400, "invalid-request");
    assertThat(answer.fieldErrors()).containsExactly(told);
  }

  @Test
  void deep_nesting_is_refused() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    post("/api/v1/things", deep).expect(400);
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    assertProblem(post("/api/v1/things", new byte[2 * 1024 * 1024]), 413, "body-too-large");
  }

  @Test
  void a_body_without_a_length_is_refused_when_it_turns_out_to_be_too_large() throws Exception {
    byte[] text =
        ("{\"name\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> chunked =
        raw(
            HttpRequest.newBuilder(uri("/api/v1/things"))
                .header("Authorization", bearer(Set.of(), Map.of()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text))));
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
      String method, String path, int status, String code) {
    assertProblem(
        person(Set.of(), Map.of()).send(HttpMethod.valueOf(method), path, null), status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/%00", "/api/v1/..%2f..", "/api/v1/a|b", "/api/v1/%zz"})
  void a_path_that_the_container_refuses_is_answered_as_a_problem(String path) throws Exception {
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
      String framing, String body, CapturedOutput log) throws Exception {
    for (String path : List.of("/api/v1/things", "/api/v1/questions", "/webhooks/bytes")) {
      for (String key : List.of("", "Idempotency-Key: framing~")) {
        String request =
            "POST "
                + path
                + " HTTP/1.1~Host: localhost~Content-Type: application/json~"
                + key
                + "Authorization: "
                + bearer(Set.of(), Map.of())
                + "~"
                + framing
                + "~~"
                + body;
        String answer = exchange(request.replace("~", "\r\n"));
        assertThat(answer)
            .as(request)
            .startsWith("HTTP/1.1 400 ")
            .contains("\"code\":\"malformed-");
      }
    }
    assertThat(log.getAll()).doesNotContain("\tat ", "stack_trace", "A request failed");
  }

  /** Sends this and nothing more; answers what comes back. */
  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void another_content_type_is_refused() {
    Answer answer =
        person(Set.of(), Map.of())
            .with("Content-Type", "text/plain")
            .post("/api/v1/things", "name");
    assertProblem(answer, 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json",
        "application/vnd.example+json",
        "application/*+json",
        "text/html",
        "application/yaml",
        "application/json;charset=x",
        "application/json;charset=utf-16",
        "application/json;profile=x",
        "not a media type",
        "*/*",
        ""
      })
  void a_success_is_json_and_a_refusal_is_a_problem_whatever_is_accepted(String accept) {
    ApiClient choosy = person(Set.of(), Map.of()).with("Accept", accept);
    Answer made = choosy.post("/api/v1/things", Map.of("name", "a", "mode", "in-person"));
    made.expect(201);
    assertThat(made.header("Content-Type")).isEqualTo("application/json");
    assertProblem(choosy.post("/api/v1/things", Map.of("name", "a")), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=iso-8859-1",
        "application/json;charset=utf-16",
        "application/json-patch+json",
        "application/merge-patch+json",
        "application/problem+json",
        "application/vnd.example+json",
        "text/json",
        // Nobody looks for its parts: without a boundary that would be a 400.
        "multipart/form-data"
      })
  void a_body_of_another_type_or_encoding_than_json_in_utf_8_is_refused(String type) {
    ApiClient typed = person(Set.of(), Map.of()).with("Content-Type", type);
    assertProblem(typed.post("/api/v1/things", THING), 415, "unsupported-media-type");
  }

  @Test
  void a_body_that_is_not_utf_8_is_refused() {
    byte[] overlong = THING.replace("a", "?").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i + 1 < overlong.length; i++) {
      if (overlong[i] == '?') {
        // A slash in two octets.
        overlong[i] = (byte) 0xc0;
        overlong[i + 1] = (byte) 0xaf;
      }
    }
    assertProblem(post("/api/v1/things", overlong), 400, "malformed-json");
    for (Charset charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_32BE)) {
      assertProblem(post("/api/v1/things", THING.getBytes(charset)), 400, "malformed-json");
    }
    person(Set.of(), Map.of())
        .with("Content-Type", "application/json; charset=\"UTF-8\"")
        .post("/api/v1/things", THING)
        .expect(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\ud800", "a\\u001bb", "a\\u202eb"})
  void text_that_cannot_be_taken_is_of_the_wrong_format(String name) {
    Answer refused = post("/api/v1/things", THING.replace("\"a\"", "\"" + name + "\""));
    assertThat(refused.fieldErrors()).containsExactly("name: wrong-format");
  }

  @ParameterizedTest
  @CsvSource({
    "at=2026-01-01T00:00:00.0019Z, 2026-01-01T00:00:00.001Z",
    "at=, ",
    "at=1767225600000, wrong-type",
    "at=1, wrong-type",
    "at=2026-01-01, wrong-type",
  })
  void the_times_of_a_query_are_as_exact_as_those_of_a_body(String query, @Nullable String told) {
    Answer answer = api.get("/api/v1/times?" + query);
    if ("wrong-type".equals(told)) {
      assertProblem(answer, 400, "invalid-request");
      assertThat(answer.fieldErrors()).containsExactly("at: wrong-type");
    } else {
      assertThat(answer.expect(200).body().path("at").stringValue(null)).isEqualTo(told);
    }
  }

  @Test
  void a_body_that_is_no_object_is_told_that_it_should_be_one() {
    assertThat(post("/api/v1/things", "[]").refused(400, "invalid-request").plain())
        .contains("\"allowed\":[\"object\"]");
    assertThat(
            person(Set.of(), Map.of())
                .patch("/api/v1/things", "[]")
                .refused(400, "invalid-request")
                .plain())
        .contains("\"allowed\":[\"object\"]");
  }

  @Test
  void an_encoded_body_is_refused_with_what_would_be_taken() {
    Answer answer =
        person(Set.of(), Map.of())
            .with("Content-Encoding", "gzip")
            .post("/api/v1/things", Map.of("name", "a", "mode", "in-person"));
    assertProblem(answer, 415, "unsupported-media-type");
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Encoding, identity, gzip, 415, unsupported-media-type",
    "Content-Encoding, '', 'identity, br', 415, unsupported-media-type",
    "Idempotency-Key, a, b, 400, idempotency-key-invalid",
  })
  void a_second_line_of_a_header_is_not_overlooked(
      String name, String first, String second, int status, String code) throws Exception {
    HttpResponse<String> answer =
        raw(
            HttpRequest.newBuilder(uri("/api/v1/things"))
                .header("Authorization", bearer(Set.of(), Map.of()))
                .header("Content-Type", "application/json")
                .header(name, first)
                .header(name, second)
                .POST(BodyPublishers.ofString(THING)));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void times_and_texts_are_read_as_they_are_stored() {
    Answer made =
        post(
            "/api/v1/things",
            "{\"name\":\" e\\u0301\\u00a0\",\"mode\":\"in-person\",\"at\":\"2026-01-01T02:00:00.0019+02:00\"}");
    assertThat(made.expect(201).text("name")).isEqualTo("\u00e9");
    assertThat(made.text("at")).isEqualTo("2026-01-01T00:00:00.001Z");
  }

  @TestFactory
  Stream<DynamicTest> every_body_is_strict_json() {
    return StrictBodies.tests(context);
  }

  @Test
  void a_bug_is_answered_without_its_inside() {
    Answer answer = post("/api/v1/things", Map.of("name", "a", "mode", "broken"));
    assertProblem(answer, 500, "internal-error");
    assertThat(answer.plain()).doesNotContain("Exception", "a bug").contains("traceId");
  }

  @Test
  void each_kind_of_endpoint_requires_its_caller() {
    String things = "/api/v1/organizations/" + ORGANIZATION + "/things";
    assertThat(api.get("/api/v1/public").text("name")).isEqualTo("anonymous");
    assertThat(person(Set.of(), Map.of()).get("/api/v1/public").text("name")).isEqualTo("known");
    assertProblem(api.get(things), 401, "session-missing");
    assertProblem(person(Set.of(), Map.of()).get(things), 404, "organization-not-found");
    assertProblem(person(Set.of(), Map.of(ORGANIZATION, "staff")).get(things), 403, "role-missing");
    person(Set.of(), Map.of(ORGANIZATION, "owner")).get(things).expect(200);
    assertProblem(person(Set.of(), Map.of()).get("/api/v1/ops/things"), 403, "role-missing");
    person(Set.of("platform-finance"), Map.of()).get("/api/v1/ops/things").expect(200);
    ApiClient admin = person(Set.of("platform-admin"), Map.of());
    admin.get("/api/v1/ops/things").expect(200);
    assertProblem(admin.post("/api/v1/ops/decisions"), 403, "role-missing");
    person(Set.of("platform-finance"), Map.of()).post("/api/v1/ops/decisions").expect(200);
    for (String token : List.of("nonsense", "a.a.b")) {
      assertProblem(api.as("Bearer " + token).get("/api/v1/public"), 401, "session-invalid");
    }
  }

  @Test
  void internal_endpoints_require_the_internal_token() {
    assertProblem(api.get("/internal/things"), 401, "internal-only");
    assertProblem(
        person(Set.of("platform-admin"), Map.of()).get("/internal/things"), 401, "internal-only");
    api.as("Bearer internal-test-token").get("/internal/things").expect(200);
  }

  @Test
  void an_endpoint_without_an_access_rule_is_closed() {
    assertProblem(
        person(Set.of("platform-admin"), Map.of()).get("/api/v1/forgotten"), 500, "internal-error");
  }

  @Test
  void health_metrics_and_the_openapi_document_are_there() {
    assertThat(api.get("/actuator/health").plain()).contains("UP");
    assertThat(api.get("/actuator/prometheus").plain())
        .contains("cpd_outbox_depth", "cpd_outbox_oldest_age_seconds", "cpd_parked_messages");
    assertThat(api.get("/v3/api-docs").plain())
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
          get  | /api/v1/organizations/{organizationId}/things | organization | ["owner","admin"]
          get  | /api/v1/ops/things                | platform     | ["platform-admin","platform-finance"]
          post | /api/v1/ops/decisions             | platform     | ["platform-finance"]
          get  | /api/v1/forgotten                 |              | []
          """)
  void the_openapi_document_shows_who_may_call(
      String method, String path, @Nullable String access, String roles) {
    JsonNode document = api.get("/v3/api-docs").body();
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
  void the_openapi_document_shows_where_an_idempotency_key_applies(
      String method, String path, String expected) {
    JsonNode document = api.get("/v3/api-docs").body();
    List<String> keys = new ArrayList<>();
    for (JsonNode parameter : document.get("paths").get(path).get(method).path("parameters")) {
      if (parameter.get("name").asString().equals("Idempotency-Key")) {
        assertThat(parameter.get("in").asString()).isEqualTo("header");
        assertThat(parameter.get("schema").get("maxLength").asInt()).isEqualTo(255);
        keys.add(parameter.path("required").asBoolean(false) ? "required" : "optional");
      }
    }
    assertThat(keys).isEqualTo(expected.equals("none") ? List.of() : List.of(expected));
  }

  @Test
  void a_refusal_that_the_endpoint_does_not_name_is_a_failure() {
    assertProblem(post("/api/v1/unnamed-refusals", Map.of()), 500, "internal-error");
  }

  @Test
  void a_problem_says_what_was_asked_and_where_its_code_is_described() {
    JsonNode problem =
        post("/api/v1/refunds", Map.of()).refused(400, "idempotency-key-required").body();
    assertThat(problem.get("type").asString())
        .isEqualTo("http://localhost:8080/problems/idempotency-key-required");
    assertThat(problem.get("instance").asString()).isEqualTo("/api/v1/refunds");
    assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
  }

  @Test
  void a_wrong_type_names_what_is_allowed() {
    JsonNode errors =
        post("/api/v1/things", Map.of("name", "a", "mode", "by-mail"))
            .refused(400, "invalid-request")
            .body()
            .get("errors");
    assertThat(errors.toString())
        .isEqualTo(
            "[{\"field\":\"mode\",\"code\":\"wrong-type\","
                + "\"allowed\":[\"in-person\",\"slow\",\"broken\"]}]");
  }

  @Test
  void the_openapi_document_lists_the_refusals_of_each_operation() {
    JsonNode document = api.get("/v3/api-docs").body();
    JsonNode refund = document.at("/paths/~1api~1v1~1refunds/post");
    assertThat(refund.get("operationId").asString()).isEqualTo("refund");
    assertThat(refund.at("/responses/409").toString())
        .contains("\"exceeds-refundable\"", "\"in-progress\"", "application/problem+json");
    assertThat(refund.at("/responses/400").toString()).contains("\"idempotency-key-required\"");
    assertThat(document.get("x-problems").toString())
        .contains("\"code\":\"exceeds-refundable\"", "\"code\":\"role-missing\"");
  }

  @Test
  void the_openapi_document_names_no_session_and_no_key_at_a_webhook() {
    JsonNode responses =
        api.get("/v3/api-docs").body().at("/paths/~1webhooks~1things/post/responses");
    assertThat(responses.toString())
        .contains("\"body-too-large\"")
        .doesNotContain("idempotency-key", "in-progress", "session-");
  }

  @Test
  void the_openapi_document_says_what_is_always_there_and_what_may_be_null() {
    JsonNode schemas = api.get("/v3/api-docs").body().at("/components/schemas");
    assertThat(schemas.at("/NewThing/required").toString()).isEqualTo("[\"mode\",\"name\"]");
    assertThat(schemas.at("/Thing/required").toString()).isEqualTo("[\"at\",\"id\",\"name\"]");
    assertThat(schemas.at("/NewThing/properties/price").toString()).contains("\"null\"");
  }

  @Test
  void the_openapi_document_shows_the_conventions_of_the_api() {
    String document = api.get("/v3/api-docs").plain();
    assertThat(document)
        .contains("in-person", "^[A-Z]{3}$", "\"limit\"", "\"after\"")
        .doesNotContain("IN_PERSON", "currencyCode", "sessionId");
  }

  @Test
  void a_query_that_cannot_be_decoded_is_refused() throws Exception {
    HttpResponse<String> answer = raw(HttpRequest.newBuilder(uri("/api/v1/pages?limit=%ED%A0%80")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"malformed-request\"");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    answer.refused(status, code);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  private static String bearer(Set<String> roles, Map<UUID, String> organizations) {
    return TestTokens.bearer(Ids.next(), roles, organizations);
  }

  private ApiClient person(Set<String> roles, Map<UUID, String> organizations) {
    return api.as(bearer(roles, organizations));
  }

  private Answer post(String path, Object body) {
    return person(Set.of(), Map.of()).post(path, body);
  }

  /** Sends what the usual client cannot: a body without a length, or a query as it is. */
  private static HttpResponse<String> raw(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
