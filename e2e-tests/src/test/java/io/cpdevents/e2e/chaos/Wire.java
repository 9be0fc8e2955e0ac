package io.cpdevents.e2e.chaos;

import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP to one base URL, by a caller who expects that the other side may be gone. */
record Wire(String baseUrl, Map<String, String> headers) {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(400);
  private static final int SERVER_ERRORS = 500;
  private static final JsonMapper JSON = ContractsJson.mapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  static Wire to(String baseUrl) {
    return new Wire(baseUrl, Map.of());
  }

  Wire bearing(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Wire with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Wire(baseUrl, Map.copyOf(more));
  }

  Answer get(String path) {
    return now("GET", path, null);
  }

  /** Asks until the answer is of use. */
  JsonNode insistOn(String path, Predicate<JsonNode> good) {
    return insist("GET", path, null, answer -> answer.status() == 200 && good.test(answer.json()))
        .json();
  }

  /** Posts until it is answered, each time with the same idempotency key. */
  Answer insistOnPosting(String path, Object body) {
    return with("Idempotency-Key", UUID.randomUUID().toString())
        .insist("POST", path, body, _ -> true);
  }

  /** One attempt; nobody may be there. */
  Optional<Answer> attempt(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(ANSWER_LIMIT);
    headers.forEach(request::setHeader);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .setHeader("Content-Type", "application/json")
          .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return Optional.of(new Answer(method + " " + path, response.statusCode(), response.body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** One attempt that must be answered. */
  Answer now(String method, String path, @Nullable Object body) {
    return attempt(method, path, body)
        .orElseThrow(() -> new AssertionError("nobody answered " + method + " " + baseUrl + path));
  }

  private Answer insist(String method, String path, @Nullable Object body, Predicate<Answer> good) {
    String[] last = {"nobody answered"};
    try {
      return await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_ATTEMPTS)
          .atMost(PATIENCE)
          .until(
              () -> {
                Optional<Answer> answer = attempt(method, path, body);
                answer.ifPresent(given -> last[0] = given.status() + " " + given.body());
                return answer.filter(
                    given -> !given.asksToTryAgain() && (given.isFinal() || good.test(given)));
              },
              Optional::isPresent)
          .orElseThrow()
          .expectSuccess();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "no good answer to %s %s in %s; the last: %s".formatted(method, path, PATIENCE, last[0]),
          e);
    }
  }

  /** What came back. */
  record Answer(String question, int status, String body) {

    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "%s was answered with %d, not %d: %s".formatted(question, status, expected, body));
      }
      return this;
    }

    Answer expectSuccess() {
      if (!isSuccess()) {
        throw new AssertionError("%s was answered with %d: %s".formatted(question, status, body));
      }
      return this;
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    JsonNode json() {
      return JSON.readTree(body);
    }

    /** The problem's code; empty when it is not a problem. */
    String code() {
      return body.startsWith("{") ? json().path("code").asString("") : "";
    }

    private boolean asksToTryAgain() {
      return status >= SERVER_ERRORS || status == 429 || code().equals("in-progress");
    }

    private boolean isFinal() {
      return !isSuccess();
    }
  }
}
