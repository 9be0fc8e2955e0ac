package io.cpdevents.local.demo;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON over HTTP as one person, told or silent. */
final class Api implements AutoCloseable {

  /** An answer that was read. */
  record Answer(int status, JsonNode body) {}

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Story story;
  private final String base;
  private final @Nullable String token;
  private final HttpClient client;

  private Api(Story story, String base, @Nullable String token, HttpClient client) {
    this.client = client;
    this.story = story;
    this.base = base;
    this.token = token;
  }

  static Api at(Story story, String base) {
    return new Api(
        story,
        base,
        null,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build());
  }

  /** The same address with a session. */
  Api as(String sessionToken) {
    return new Api(story, base, sessionToken, client);
  }

  /** A request that must succeed, told. */
  JsonNode get(String path) {
    return good("GET", path, "", true);
  }

  /** A request that must succeed, told. */
  JsonNode post(String path, String json) {
    return good("POST", path, json, true);
  }

  /** A request whose answer may be anything; nothing is told. */
  Answer ask(String path) {
    return send("GET", path, "", false);
  }

  /** The same for a POST. */
  Answer askPost(String path, String json) {
    return send("POST", path, json, false);
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode good(String method, String path, String json, boolean told) {
    Answer answer = send(method, path, json, told);
    if (answer.status() < 200 || answer.status() > 299) {
      throw new Story.Broken(
          "%s %s%s was answered with %d: %s"
              .formatted(method, base, path, answer.status(), answer.body()));
    }
    return answer.body();
  }

  private Answer send(String method, String path, String json, boolean told) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER_WITHIN)
            .header("Accept", "application/json");
    if (method.equals("POST")) {
      request
          .header("Content-Type", "application/json")
          .header("Idempotency-Key", UUID.randomUUID().toString())
          .POST(HttpRequest.BodyPublishers.ofString(json));
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    long began = System.nanoTime();
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (told) {
        story.exchange(
            method + " " + path,
            json,
            response.statusCode(),
            response.body(),
            System.nanoTime() - began);
      }
      return new Answer(response.statusCode(), read(response.body()));
    } catch (IOException e) {
      throw new Story.Broken("%s %s%s was not answered: %s".formatted(method, base, path, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Story.Broken("interrupted");
    }
  }

  private static JsonNode read(String body) {
    try {
      return body.isBlank()
          ? ContractsJson.mapper().nullNode()
          : ContractsJson.mapper().readTree(body);
    } catch (JacksonException e) {
      return ContractsJson.mapper().stringNode(body);
    }
  }
}
