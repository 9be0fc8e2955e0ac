package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What a service has answered.
 *
 * @param body the JSON; an empty object when the answer has none
 * @param bytes the body as it came
 */
public record Answer(int status, HttpHeaders headers, JsonNode body, byte[] bytes) {

  /** The code of a refusal; empty when it is none. */
  public String code() {
    return body.path("code").asString("");
  }

  /** The fields that were refused, each as {@code field: code}. */
  public List<String> fieldErrors() {
    return body.path("errors")
        .valueStream()
        .map(error -> error.path("field").asString("") + ": " + error.path("code").asString(""))
        .toList();
  }

  /** The field {@code id}. */
  public UUID id() {
    return UUID.fromString(text("id"));
  }

  /** A text at the top; empty when there is none. */
  public String text(String field) {
    return body.path(field).asString("");
  }

  /** A header; empty when there is none. */
  public String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** The body as text. */
  public String plain() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** This answer, if it has the status. */
  public Answer expect(int expected) {
    assertThat(status).as("status of %s", plain()).isEqualTo(expected);
    return this;
  }

  /** This answer, if it refuses so. */
  public Answer refused(int expected, String expectedCode) {
    expect(expected);
    assertThat(code()).as("code of %s", plain()).isEqualTo(expectedCode);
    return this;
  }
}
