package io.cpdevents.platform.test;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the service under test, over HTTP. It never changes: {@link #as} and {@link #with}
 * answer another one.
 */
public final class ApiClient {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(30);

  private final Supplier<RestTestClient> http;
  private final Map<String, String> headers;

  private ApiClient(Supplier<RestTestClient> http, Map<String, String> headers) {
    this.http = http;
    this.headers = headers;
  }

  /**
   * A client without a session.
   *
   * @param root asked for at the first request: the port is not known before the server runs
   */
  public static ApiClient of(Supplier<String> root) {
    return new ApiClient(SingletonSupplier.of(() -> connected(root.get())), Map.of());
  }

  /** The same client with a session, as {@link TestTokens} gives it. */
  public ApiClient as(String bearer) {
    return with("Authorization", bearer);
  }

  /** The same client with an idempotency key. */
  public ApiClient withKey(String idempotencyKey) {
    return with("Idempotency-Key", idempotencyKey);
  }

  /** The same client with another header. */
  public ApiClient with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiClient(http, more);
  }

  public Answer get(String path) {
    return send(HttpMethod.GET, path, null);
  }

  /** Posts without a body. */
  public Answer post(String path) {
    return send(HttpMethod.POST, path, null);
  }

  /** Posts a body; see {@link #send}. */
  public Answer post(String path, Object body) {
    return send(HttpMethod.POST, path, body);
  }

  public Answer put(String path, Object body) {
    return send(HttpMethod.PUT, path, body);
  }

  public Answer patch(String path, Object body) {
    return send(HttpMethod.PATCH, path, body);
  }

  public Answer delete(String path) {
    return send(HttpMethod.DELETE, path, null);
  }

  /**
   * Sends a request.
   *
   * @param body bytes and texts as they are, everything else as JSON; null for none
   */
  public Answer send(HttpMethod method, String path, @Nullable Object body) {
    RestTestClient.RequestBodySpec request = http.get().method(method).uri(path);
    if (body != null && !headers.containsKey("Content-Type")) {
      request.contentType(MediaType.APPLICATION_JSON);
    }
    headers.forEach((name, value) ->
        request.header(name, "Authorization".equals(name) ? TestTokens.renewed(value) : value));
    if (body != null) {
      request.body(bytes(body));
    }
    EntityExchangeResult<byte[]> result =
        request.exchange().expectBody(byte[].class).returnResult();
    byte[] content = result.getResponseBody() == null ? new byte[0] : result.getResponseBody();
    return new Answer(
        result.getStatus().value(), result.getResponseHeaders(), json(content), content);
  }

  private static RestTestClient connected(String root) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MAX_ANSWER_TIME)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(MAX_ANSWER_TIME);
    return RestTestClient.bindToServer(requests).baseUrl(root).build();
  }

  private static byte[] bytes(Object body) {
    return switch (body) {
      case byte[] raw -> raw;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> JSON.writeValueAsBytes(body);
    };
  }

  /** Nothing for what is no JSON: a page, say. */
  private static JsonNode json(byte[] content) {
    try {
      return content.length == 0 ? JSON.createObjectNode() : JSON.readTree(content);
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }
}
