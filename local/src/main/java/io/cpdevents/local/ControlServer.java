package io.cpdevents.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The control API, on the loopback address only.
 *
 * <pre>
 * GET  /components                                         every component as it is now
 * POST /components/{name}/stop|kill|suspend|resume|start   start?waitSeconds=30 waits until it is up
 * GET  /clock                                              {offsetSeconds, now}
 * POST /clock/advance {seconds}                            in steps of at most a day
 * POST /clock/leap {seconds}                               in one: what is due is done after it
 * POST /down                                               stops everything
 * </pre>
 */
final class ControlServer implements AutoCloseable {

  private static final int MAX_BODY_BYTES = 4096;
  private static final Duration MAX_WAIT_TIME = Duration.ofMinutes(5);

  private final LocalPlatform platform;
  private final HttpServer server;

  private ControlServer(LocalPlatform platform, HttpServer server) {
    this.platform = platform;
    this.server = server;
  }

  static ControlServer start(LocalPlatform platform, int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ControlServer control = new ControlServer(platform, server);
      server.createContext("/", control::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return control;
    } catch (IOException e) {
      throw new LocalFailure("the control API cannot listen on port " + port + ": " + e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        if (exchange.getRequestHeaders().containsKey("Origin")) {
          // A page in a browser has no business here.
          send(exchange, 403, Map.of("error", "not for browsers"));
          return;
        }
        route(exchange);
      } catch (LocalFailure e) {
        send(exchange, 409, Map.of("error", String.valueOf(e.getMessage())));
      } catch (JacksonException | IllegalArgumentException e) {
        send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
    String call = exchange.getRequestMethod() + " " + path.getFirst();
    switch (call) {
      case "GET components" -> send(exchange, 200, platform.statuses());
      case "POST components" -> act(exchange, path);
      case "GET clock" -> send(exchange, 200, clock());
      case "POST clock" -> move(exchange, path);
      case "POST down" -> {
        send(exchange, 202, Map.of("state", "stopping"));
        exchange.close();
        Thread.ofPlatform().name("down").start(platform::close);
      }
      default -> send(exchange, 404, Map.of("error", "unknown: " + call));
    }
  }

  private void act(HttpExchange exchange, List<String> path) throws IOException {
    if (path.size() != 3) {
      send(exchange, 404, Map.of("error", "unknown: " + String.join("/", path)));
      return;
    }
    Component component = Component.named(path.get(1));
    switch (path.get(2)) {
      case "stop" -> platform.stop(component);
      case "kill" -> platform.kill(component);
      case "suspend" -> platform.suspend(component);
      case "resume" -> platform.resume(component);
      case "start" -> {
        platform.startAgain(component);
        platform.awaitUp(component, waitOf(exchange.getRequestURI().getQuery()));
      }
      default -> throw new LocalFailure("a component knows stop, kill, suspend, resume and start");
    }
    ComponentStatus now =
        platform.statuses().stream()
            .filter(status -> status.name().equals(component.wireName()))
            .findFirst()
            .orElseThrow();
    send(exchange, 200, now);
  }

  private void move(HttpExchange exchange, List<String> path) throws IOException {
    JsonNode body =
        ContractsJson.mapper().readTree(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
    if (!body.path("seconds").isIntegralNumber()) {
      throw new LocalFailure("say how far: {\"seconds\": 3600}");
    }
    Duration by = Duration.ofSeconds(body.path("seconds").asLong());
    if (path.getLast().equals("leap")) {
      platform.leapClock(by);
    } else {
      platform.advanceClock(by);
    }
    send(exchange, 200, clock());
  }

  private Map<String, Object> clock() {
    long offset = platform.clockOffsetSeconds();
    return Map.of("offsetSeconds", offset, "now", Instant.now().plusSeconds(offset));
  }

  private static Duration waitOf(@org.jspecify.annotations.Nullable String query) {
    if (query == null || !query.startsWith("waitSeconds=")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(query.substring("waitSeconds=".length())));
    return asked.compareTo(MAX_WAIT_TIME) > 0 ? MAX_WAIT_TIME : asked;
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] json = ContractsJson.mapper().writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }
}
