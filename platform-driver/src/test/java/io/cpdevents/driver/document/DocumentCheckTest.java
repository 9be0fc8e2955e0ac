package io.cpdevents.driver.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Exchange;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentCheckTest {

  private static final String DOCUMENT =
      """
      {"openapi": "3.1.0",
       "paths": {"/api/v1/things/{thingId}": {"get": {"responses": {
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

    assertThat(check.newFaults()).isEmpty();
    assertThat(check.unseenOperations()).isEmpty();
    assertThat(check.summary())
        .contains("operations  1 of 1", "statuses    2 of 2", "codes       1 of 1");
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
    String path = "/api/v1/things/" + ID;
    HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true);
    check.answered(
        new Exchange(
            "GET",
            path,
            "",
            new Answer("GET " + path, status, headers, body),
            Duration.ofMillis(1)));
  }
}
