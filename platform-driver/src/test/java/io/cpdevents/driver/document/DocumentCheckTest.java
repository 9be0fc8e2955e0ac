package io.cpdevents.driver.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Exchange;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentCheckTest {

  private static final String DOCUMENT =
      """
      {"openapi": "3.1.0",
       "paths": {"/api/v1/things/{thingId}/files": {"post": {
         "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {
           "type": "object", "required": ["purpose", "file"], "properties": {
             "purpose": {"type": "string", "enum": ["receipt"]},
             "file": {"type": "string", "format": "binary"}}}}}},
         "responses": {"201": {"headers": {"Location": {"required": true}}}}}},
        "/api/v1/things/{thingId}": {"get": {"parameters": [
         {"name": "thingId", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
         {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
         {"name": "kind", "in": "query", "required": true, "schema": {"type": "string", "enum": ["a", "b"]}},
         {"name": "If-None-Match", "in": "header", "schema": {"type": "string", "maxLength": 5}}],
        "responses": {
         "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
         "404": {"content": {"application/problem+json": {"schema": {"allOf": [
           {"$ref": "#/components/schemas/Problem"},
           {"properties": {"code": {"enum": ["thing-not-found"]}}, "required": ["code"]}]}}}}}}}},
       "components": {"schemas": {
         "Thing": {"type": "object", "required": ["id", "note"],
           "properties": {"id": {"type": "string", "format": "uuid"}, "note": {"type": ["string", "null"], "maxLength": 9},
            "places": {"type": ["integer", "null"], "maximum": 9}}},
         "Problem": {"type": "object", "required": ["status", "code"],
           "properties": {"status": {"type": "integer"}, "code": {"type": "string"}}}}}}
      """;

  private static final String ID = "0199c0de-7a3b-7c4d-8e5f-60718293a4b5";

  private final DocumentCheck check = new DocumentCheck(() -> DOCUMENT);

  @Test
  void what_the_document_says_is_no_fault() {
    answer(200, "application/json", "{\"id\":\"" + ID + "\",\"note\":null}");
    answer(404, "application/problem+json", "{\"status\":404,\"code\":\"thing-not-found\"}");
    upload("receipt", "");

    assertThat(check.newFaults()).isEmpty();
    assertThat(check.unseenOperations()).isEmpty();
    assertThat(check.summary())
        .contains("operations  2 of 2", "statuses    3 of 3", "codes       1 of 1");
  }

  @Test
  void an_operation_that_only_refuses_was_asked_but_not_seen() {
    answer(404, "application/problem+json", "{\"status\":404,\"code\":\"thing-not-found\"}");

    assertThat(check.unaskedOperations()).containsExactly("POST /api/v1/things/{thingId}/files");
    assertThat(check.unseenOperations())
        .containsExactly("GET /api/v1/things/{thingId}", "POST /api/v1/things/{thingId}/files");
  }

  @ParameterizedTest
  @CsvSource({
    "?kind=a&limit=5, ",
    "?kind=a&limit=, ",
    "?limit=5, lacks the parameter kind",
    "?kind=c, kind",
    "?kind=a&limit=101, limit",
    "?kind=a&limit=x, limit",
    "?kind=a&limit=1&limit=2, more than once",
    "?kind=a&colour=red, colour",
  })
  void a_query_that_the_document_forbids_should_have_been_refused(
      String query, @Nullable String told) {
    answer("/api/v1/things/" + ID + query, Map.of());
    assertTold(told);
  }

  @Test
  void so_should_an_id_and_a_header_that_it_forbids() {
    answer("/api/v1/things/7?kind=a", Map.of());
    assertTold("thingId");
    answer(
        "/api/v1/things/" + ID + "?kind=a", Map.of("if-none-match", List.of("longer than five")));
    assertTold("If-None-Match");
  }

  @Test
  void so_should_a_form_that_it_forbids() {
    upload("invoice", "");
    assertTold("purpose");
    upload("receipt", "\r\n--end\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\nx");
    assertTold("more");
  }

  @Test
  void a_header_that_is_not_named_is_a_fault() {
    answered(
        "GET",
        "/api/v1/things/" + ID + "?kind=a",
        headers(Map.of()),
        "",
        200,
        Map.of("Content-Type", List.of("application/json"), "X-Secret", List.of("1")),
        "{\"id\":\"" + ID + "\",\"note\":null}");
    assertTold("x-secret");
  }

  private void assertTold(@Nullable String told) {
    if (told == null) {
      assertThat(check.newFaults()).isEmpty();
    } else {
      assertThat(check.newFaults()).singleElement().asString().contains(told);
    }
  }

  @Test
  void a_status_that_is_not_named_is_a_fault() {
    answer(409, "application/problem+json", "{\"status\":409,\"code\":\"thing-not-found\"}");

    assertThat(check.newFaults()).singleElement().asString().contains("does not name this status");
  }

  @Test
  void a_field_that_is_not_named_is_a_fault() {
    answer(200, "application/json", "{\"id\":\"" + ID + "\",\"note\":\"\",\"more\":1}");

    assertThat(check.newFaults()).singleElement().asString().contains("more");
  }

  @Test
  void a_field_that_is_missing_or_null_against_the_document_is_a_fault() {
    answer(200, "application/json", "{\"id\":null}");

    assertThat(check.newFaults()).hasSize(2);
    assertThat(check.newFaults()).as("a fault is told once").isEmpty();
  }

  @Test
  void limits_hold_for_what_may_be_null_too() {
    answer(200, "application/json", "{\"id\":\"" + ID + "\",\"note\":null,\"places\":null}");
    assertThat(check.newFaults()).isEmpty();

    answer(200, "application/json", "{\"id\":\"" + ID + "\",\"note\":null,\"places\":10}");
    assertThat(check.newFaults()).isNotEmpty();
  }

  @Test
  void a_code_that_is_not_named_is_a_fault() {
    answer(404, "application/problem+json", "{\"status\":404,\"code\":\"not-found\"}");

    assertThat(check.newFaults()).singleElement().asString().contains("code");
  }

  @Test
  void another_media_type_is_a_fault() {
    answer(200, "application/problem+json", "{}");

    assertThat(check.newFaults()).singleElement().asString().contains("media type");
  }

  private void answer(int status, String type, String body) {
    answered(
        "GET",
        "/api/v1/things/" + ID + "?kind=a",
        headers(Map.of()),
        "",
        status,
        Map.of("Content-Type", List.of(type)),
        body);
  }

  private void answer(String path, Map<String, List<String>> requestHeaders) {
    answered(
        "GET",
        path,
        headers(requestHeaders),
        "",
        200,
        Map.of("Content-Type", List.of("application/json")),
        "{\"id\":\"" + ID + "\",\"note\":null}");
  }

  private void upload(String purpose, String more) {
    String body =
        """
        --end\r
        Content-Disposition: form-data; name="purpose"\r
        \r
        %s%s\r
        --end\r
        Content-Disposition: form-data; name="file"; filename="a.pdf"\r
        Content-Type: application/pdf\r
        \r
        %%PDF-1.4\r
        --end--\r
        """
            .formatted(purpose, more);
    answered(
        "POST",
        "/api/v1/things/" + ID + "/files",
        headers(Map.of("Content-Type", List.of("multipart/form-data; boundary=end"))),
        body,
        201,
        Map.of("Location", List.of("/")),
        "");
  }

  private static HttpHeaders headers(Map<String, List<String>> values) {
    return HttpHeaders.of(values, (_, _) -> true);
  }

  private void answered(
      String method,
      String path,
      HttpHeaders requestHeaders,
      String body,
      int status,
      Map<String, List<String>> answerHeaders,
      String answerBody) {
    check.answered(
        new Exchange(
            method,
            path,
            requestHeaders,
            body,
            new Answer(method + " " + path, status, headers(answerHeaders), answerBody),
            Duration.ofMillis(1)));
  }
}
