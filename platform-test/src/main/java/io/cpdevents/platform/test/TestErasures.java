package io.cpdevents.platform.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom accounts-service erases, as it tells other services that ask: a test gives its service
 * {@link #accountsUrl()} as {@code cpd.accounts-url}.
 */
public final class TestErasures {

  private static final String PATH = "/internal/erasures/";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, byte[]> PEOPLE = new ConcurrentHashMap<>();
  private static final HttpServer SERVER = serve();

  private TestErasures() {}

  /** Where people who are erased are told. */
  public static String accountsUrl() {
    return "http://127.0.0.1:" + SERVER.getAddress().getPort();
  }

  /** An erasure has begun; returns its id. */
  public static UUID of(UUID accountId, String email, String name) {
    UUID erasureId = UUID.randomUUID();
    PEOPLE.put(
        PATH + erasureId,
        JSON.writeValueAsBytes(
            Map.of(
                "accountId",
                accountId,
                "email",
                email,
                "name",
                name,
                "formerNames",
                List.of(),
                "formerEmails",
                List.of())));
    return erasureId;
  }

  private static HttpServer serve() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(PATH, TestErasures::answer);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] person = PEOPLE.get(exchange.getRequestURI().getPath());
      byte[] body = person == null ? "{}".getBytes(StandardCharsets.UTF_8) : person;
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(person == null ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
