package io.cpdevents.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's API as a client sees it. */
public final class Api {

  /** Nobody is logged in. */
  public static final String ANONYMOUS = "";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String root;

  public Api(int port) {
    this.root = "http://127.0.0.1:" + port;
  }

  /** An answer; its body is an empty object when there is none. */
  public record Answer(int status, JsonNode body) {

    /** The code of a problem. */
    public String code() {
      return body.path("code").asString("");
    }

    public UUID id() {
      return UUID.fromString(body.path("id").asString());
    }

    public String text(String field) {
      return body.path(field).asString("");
    }

    /** This answer, if it has the status. */
    public Answer expect(int expected) {
      assertThat(status).as("status of %s", body).isEqualTo(expected);
      return this;
    }

    /** This answer, if it refuses so. */
    public Answer refused(int expected, String expectedCode) {
      expect(expected);
      assertThat(code()).isEqualTo(expectedCode);
      return this;
    }
  }

  public Answer get(String path, String bearer) {
    return send("GET", path, bearer, null, null);
  }

  public Answer post(String path, String bearer, Object body) {
    return send("POST", path, bearer, body, null);
  }

  public Answer post(String path, String bearer, Object body, @Nullable String idempotencyKey) {
    return send("POST", path, bearer, body, idempotencyKey);
  }

  public Answer patch(String path, String bearer, Object body) {
    return send("PATCH", path, bearer, body, null);
  }

  public Answer delete(String path, String bearer) {
    return send("DELETE", path, bearer, null, null);
  }

  /** Books tickets of these types. */
  public Answer register(UUID eventId, String bearer, List<UUID> ticketTypeIds) {
    return register(eventId, bearer, ticketTypeIds, Ids.next().toString());
  }

  public Answer register(
      UUID eventId, String bearer, List<UUID> ticketTypeIds, String idempotencyKey) {
    return post(
        "/api/v1/events/" + eventId + "/registrations",
        bearer,
        Map.of(
            "tickets",
            ticketTypeIds.stream()
                .map(id ->
                    Map.of(
                        "ticketTypeId",
                        id,
                        "attendee",
                        Map.of("name", "Ada Lovelace", "email", "ada@example.org")))
                .toList()),
        idempotencyKey);
  }

  private Answer send(
      String method,
      String path,
      String bearer,
      @Nullable Object body,
      @Nullable String idempotencyKey) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(TIMEOUT)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(
                        body instanceof String text ? text : JSON.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (!bearer.isEmpty()) {
      request.header("Authorization", bearer);
    }
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
