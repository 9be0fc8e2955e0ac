package io.cpdevents.e2e;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP to one base URL, as one caller. */
public final class Api {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);
  private static final JsonMapper JSON = ContractsJson.mapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  private final String baseUrl;
  private final Map<String, String> headers;

  private Api(String baseUrl, Map<String, String> headers) {
    this.baseUrl = baseUrl;
    this.headers = headers;
  }

  public static Api at(String baseUrl) {
    return new Api(baseUrl, Map.of());
  }

  public Api bearing(String token) {
    return new Api(baseUrl, Map.of("Authorization", "Bearer " + token));
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, Map.of());
  }

  public Answer post(String path, Object body, String idempotencyKey) {
    return send("POST", path, body, Map.of("Idempotency-Key", idempotencyKey));
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body, Map.of());
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  public Answer send(String method, String path, @Nullable Object body, Map<String, String> more) {
    if (body == null) {
      return sendAsItIs(method, path, BodyPublishers.noBody(), more);
    }
    Map<String, String> withType = new LinkedHashMap<>(more);
    withType.putIfAbsent("Content-Type", "application/json");
    return sendAsItIs(
        method, path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)), withType);
  }

  /** Sends a body as it is. */
  public Answer sendAsItIs(
      String method, String path, BodyPublisher body, Map<String, String> more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(ANSWER_LIMIT);
    headers.forEach(request::setHeader);
    more.forEach(request::setHeader);
    request.method(method, body);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(method + " " + path, response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + baseUrl + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What came back. */
  public record Answer(String question, int status, String body, HttpResponse<String> response) {

    /** Goes on only when the status is this one. */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "%s was answered with %d, not %d: %s".formatted(question, status, expected, body));
      }
      return this;
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** The problem's code; empty when it is not a problem. */
    public String code() {
      return body.startsWith("{") ? json().path("code").asString("") : "";
    }
  }
}
