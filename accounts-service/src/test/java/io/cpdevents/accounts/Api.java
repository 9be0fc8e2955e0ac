package io.cpdevents.accounts;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A client at one address, with or without a session. */
public final class Api {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = ContractsJson.mapper();
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private final int port;
  private final Map<String, String> headers;

  Api(int port, String ipAddress) {
    this(port, new LinkedHashMap<>(Map.of("X-Forwarded-For", ipAddress)));
  }

  private Api(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  /** The same client with another header. */
  public Api with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Api(port, more);
  }

  /** The same client with a session. */
  public Api as(String bearer) {
    return with("Authorization", bearer);
  }

  /** What came back. */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {

    /** The refusal's code, or nothing. */
    public String code() {
      return body.path("code").asString("");
    }

    /** The code of the first field that was refused. */
    public String fieldCode() {
      return body.path("errors").path(0).path("code").asString("");
    }

    /** A header, or nothing. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, Map<String, ?> body) {
    return send("POST", path, JSON.writeValueAsString(body));
  }

  public Answer patch(String path, Map<String, ?> body) {
    return send("PATCH", path, JSON.writeValueAsString(body));
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(TIMEOUT);
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
      JsonNode answer = json ? JSON.readTree(response.body()) : MissingNode.getInstance();
      return new Answer(response.statusCode(), answer, response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
