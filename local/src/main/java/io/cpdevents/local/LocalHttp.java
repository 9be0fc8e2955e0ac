package io.cpdevents.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Calls between processes of this machine. */
final class LocalHttp implements AutoCloseable {

  /** An answer. */
  record Answer(int status, String body) {

    boolean isGood() {
      return status >= 200 && status < 300;
    }
  }

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_HEALTH_ANSWER_TIME = Duration.ofSeconds(2);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(MAX_CONNECT_TIME)
          .build();

  /** Whether this health page answers with 200. */
  boolean isHealthy(String url) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(MAX_HEALTH_ANSWER_TIME).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Answer get(String url, Duration within) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(within).build());
  }

  Answer send(String method, String url, String json, Map<String, String> headers, Duration within)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(within)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(request::header);
    return send(request.build());
  }

  @Override
  public void close() {
    client.close();
  }

  private Answer send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
