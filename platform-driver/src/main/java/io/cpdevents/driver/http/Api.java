package io.cpdevents.driver.http;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.Listener;
import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * JSON over HTTP to one base URL, as one caller. It never changes and serves many threads at once;
 * whoever wants another header, or more patience, gets a copy.
 */
public final class Api {

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(40);

  /** Shorter, for a process that is suspended does not even refuse. */
  private static final Duration MAX_ATTEMPT_ANSWER_TIME = Duration.ofSeconds(15);

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final byte[] NOTHING = {};
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(MAX_CONNECT_TIME)
          .build();

  private final String baseUrl;
  private final Map<String, String> headers;
  private final @Nullable Wait repeats;
  private final @Nullable Listener listener;

  private Api(
      String baseUrl,
      Map<String, String> headers,
      @Nullable Wait repeats,
      @Nullable Listener listener) {
    this.baseUrl = baseUrl;
    this.headers = headers;
    this.repeats = repeats;
    this.listener = listener;
  }

  /** Nobody in particular, at this address. */
  public static Api at(String baseUrl) {
    return new Api(baseUrl, Map.of(), null, null);
  }

  /** The same with a session, or another bearer token. */
  public Api bearing(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same with one more header. */
  public Api with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Api(baseUrl, Map.copyOf(more), repeats, listener);
  }

  /** The same, heard by somebody. */
  public Api heardBy(Listener other) {
    return new Api(baseUrl, headers, repeats, other);
  }

  /**
   * The same by somebody who sends again what was not answered, or answered with 5xx, 429 or {@code
   * in-progress}; a POST each time with the same idempotency key.
   */
  public Api repeating(Wait patience) {
    return new Api(baseUrl, headers, patience, listener);
  }

  /** Asks. */
  public Answer get(String path) {
    return send("GET", path, NOTHING, false);
  }

  /** Posts an object as JSON. */
  public Answer post(String path, Object body) {
    return send("POST", path, json(body), true);
  }

  /** Puts an object as JSON. */
  public Answer put(String path, Object body) {
    return send("PUT", path, json(body), true);
  }

  /** Changes some fields of an object. */
  public Answer patch(String path, Object changes) {
    return send("PATCH", path, json(changes), true);
  }

  /** Deletes. */
  public Answer delete(String path) {
    return send("DELETE", path, NOTHING, false);
  }

  /** Sends a body as it is, with no other headers than those given; empty: without a body. */
  public Answer send(String method, String path, String body) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), false);
  }

  private static byte[] json(Object body) {
    return ContractsJson.mapper().writeValueAsBytes(body);
  }

  private Answer send(String method, String path, byte[] body, boolean isJson) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(repeats == null ? MAX_ANSWER_TIME : MAX_ATTEMPT_ANSWER_TIME)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (isJson) {
      request.setHeader("Content-Type", "application/json");
    }
    headers.forEach(request::setHeader);
    if (repeats == null) {
      return once(request.build(), path, body);
    }
    if (method.equals("POST") && !headers.containsKey(IDEMPOTENCY_KEY)) {
      request.setHeader(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
    }
    return repeatedly(repeats, request.build(), path, body);
  }

  private Answer repeatedly(Wait patience, HttpRequest request, String path, byte[] body) {
    AtomicReference<String> last = new AtomicReference<>("");
    return patience
        .find(() -> {
          try {
            Answer answer = once(request, path, body);
            last.set(answer.status() + " " + answer.body());
            return Optional.of(answer).filter(given -> !given.asksToTryAgain());
          } catch (NoAnswer nobody) {
            last.set(nobody.toString());
            return Optional.empty();
          }
        })
        .orElseThrow(() ->
            new NotAsExpected(
                "no good answer to %s %s in %s; the last: %s"
                    .formatted(request.method(), path, patience.most(), last.get())));
  }

  private Answer once(HttpRequest request, String path, byte[] body) {
    String question = request.method() + " " + path;
    long began = System.nanoTime();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      Answer answer =
          new Answer(question, response.statusCode(), response.headers(), response.body());
      if (listener != null) {
        listener.answered(
            new Exchange(
                request.method(),
                path,
                request.headers(),
                new String(body, StandardCharsets.UTF_8),
                answer,
                Duration.ofNanos(System.nanoTime() - began)));
      }
      return answer;
    } catch (IOException e) {
      throw new NoAnswer(request.method() + " " + baseUrl + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
