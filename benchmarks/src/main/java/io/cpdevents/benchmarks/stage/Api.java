package io.cpdevents.benchmarks.stage;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP to one base URL, as one caller. */
public final class Api {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
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

  static Api at(String baseUrl) {
    return new Api(baseUrl, Map.of());
  }

  Api bearing(String token) {
    return new Api(baseUrl, Map.of("Authorization", "Bearer " + token));
  }

  /** Asks; a failure of the line is the caller's. */
  public Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, Map.of());
  }

  /** Posts an object as JSON. */
  public Answer post(String path, Object body) throws IOException, InterruptedException {
    return post(path, JSON.writeValueAsBytes(body), Map.of());
  }

  /** Posts JSON that was written before. */
  public Answer post(String path, byte[] json, Map<String, String> more)
      throws IOException, InterruptedException {
    return send("POST", path, json, more);
  }

  /** Asks, and goes on only with 200. */
  JsonNode read(String path) {
    return calmly(() -> get(path)).expect(200).json();
  }

  /** Posts, and goes on only with this status. */
  Answer write(String path, Object body, int status) {
    return calmly(() -> post(path, body)).expect(status);
  }

  private static Answer calmly(Call call) {
    try {
      return call.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Answer send(String method, String path, byte @Nullable [] json, Map<String, String> more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(ANSWER_LIMIT);
    headers.forEach(request::setHeader);
    more.forEach(request::setHeader);
    if (json == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .setHeader("Content-Type", "application/json")
          .method(method, BodyPublishers.ofByteArray(json));
    }
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Answer(method + " " + path, response.statusCode(), response.body());
  }

  @FunctionalInterface
  private interface Call {
    Answer answer() throws IOException, InterruptedException;
  }

  /** What came back. */
  public record Answer(String question, int status, String body) {

    /** Goes on only when the status is this one. */
    Answer expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException(
            "%s was answered with %d, not %d: %s".formatted(question, status, expected, body));
      }
      return this;
    }

    /** The body. */
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** Status and problem code, for counting. */
    public String refusal() {
      String code = body.startsWith("{") ? json().path("code").asString("") : "";
      return (status + " " + code).strip();
    }
  }
}
