package io.cpdevents.driver.http;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.NotAsExpected;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param question method and path, for messages
 */
public record Answer(String question, int status, HttpHeaders headers, String body) {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_FAILURE = 500;

  /** Goes on only when the status is this one. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new NotAsExpected(
          "%s was answered with %d, not %d: %s".formatted(question, status, expected, body));
    }
    return this;
  }

  /** Whether it is a 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The body. */
  public JsonNode json() {
    return ContractsJson.mapper().readTree(body);
  }

  /** A field of the body that must be there. */
  public String text(String field) {
    String text = json().path(field).asString("");
    if (text.isEmpty()) {
      throw new NotAsExpected(
          "'%s' is missing in the answer to %s: %s".formatted(field, question, body));
    }
    return text;
  }

  /** The field {@code id}. */
  public UUID id() {
    return UUID.fromString(text("id"));
  }

  /** The elements of a page. */
  public JsonNode data() {
    return json().path("data");
  }

  /** A header, if it is there. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The problem's code; empty when it is not a problem. */
  public String code() {
    return body.startsWith("{") ? json().path("code").asString("") : "";
  }

  /** Status and, of a problem, its code: {@code 409 sold-out}. For counting. */
  public String outcome() {
    return (status + " " + (isSuccess() ? "" : code())).strip();
  }

  /** Whether the same request, sent again, may fare better. */
  boolean asksToTryAgain() {
    return status >= FIRST_FAILURE || status == TOO_MANY_REQUESTS || code().equals("in-progress");
  }
}
