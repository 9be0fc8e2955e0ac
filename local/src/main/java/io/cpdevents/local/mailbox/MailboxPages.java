package io.cpdevents.local.mailbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The mails as JSON for programs and as pages for people. */
final class MailboxPages implements AutoCloseable {

  private static final int MAX_LIST = 100;

  private static final String STYLE =
      """
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd }
      pre { white-space: pre-wrap } iframe { width: 100%; height: 32rem; border: 1px solid #ddd }
      </style>
      """;

  private final MailStore store;
  private final HttpServer server;

  private MailboxPages(MailStore store, HttpServer server) {
    this.store = store;
    this.server = server;
  }

  static MailboxPages start(MailStore store, int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      MailboxPages pages = new MailboxPages(store, server);
      server.createContext("/", pages::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException("the mailbox cannot listen on port " + port, e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String call = exchange.getRequestMethod() + " " + path;
      switch (call) {
        case "GET /health" -> send(exchange, 200, "application/json", "{\"status\":\"UP\"}");
        case "GET /api/messages" -> sendJson(exchange, matching(exchange));
        case "DELETE /api/messages" -> {
          if (exchange.getRequestHeaders().containsKey("Origin")) {
            send(exchange, 403, "text/plain", "not for other pages");
            return;
          }
          store.clear();
          exchange.sendResponseHeaders(204, -1);
        }
        case "GET /" -> send(exchange, 200, "text/html", list());
        default -> answerMail(exchange, path);
      }
    }
  }

  private void answerMail(HttpExchange exchange, String path) throws IOException {
    List<String> words = Arrays.asList(path.substring(1).split("/"));
    Optional<Mail> mail =
        words.size() >= 2
                && words.getFirst().equals("messages")
                && words.get(1).matches("\\d{1,18}")
            ? store.withId(Long.parseLong(words.get(1)))
            : Optional.empty();
    if (mail.isEmpty()) {
      send(exchange, 404, "text/plain", "there is no such page");
    } else if (words.getLast().equals("html")) {
      // A mail's own HTML: shown in a frame, runs nothing.
      exchange.getResponseHeaders().set("Content-Security-Policy", "sandbox; script-src 'none'");
      send(exchange, 200, "text/html", Objects.requireNonNullElse(mail.get().html(), ""));
    } else {
      send(exchange, 200, "text/html", page(mail.get()));
    }
  }

  private List<Mail> matching(HttpExchange exchange) {
    Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
    String limit = parameters.getOrDefault("limit", "");
    int most = limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : MAX_LIST;
    String after = parameters.getOrDefault("after", "");
    return after.matches("\\d{1,18}")
        ? store.after(Long.parseLong(after), most)
        : store.newest(parameters.get("to"), most);
  }

  private String list() {
    String rows =
        store.newest(null, MAX_LIST).stream()
            .map(mail ->
                "<tr><td>%s<td>%s<td><a href=\"/messages/%d\">%s</a>"
                    .formatted(
                        mail.receivedAt(),
                        escape(mail.to()),
                        mail.id(),
                        escape(mail.subject().isBlank() ? "(no subject)" : mail.subject())))
            .collect(Collectors.joining("\n"));
    return """
    <!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Mailbox</title>%s
    <h1>Mailbox</h1><p>%d mails. As JSON: <a href="/api/messages">/api/messages?to=…</a></p>
    <table><tr><th>received<th>to<th>subject
    %s
    </table>
    """
        .formatted(STYLE, store.size(), rows);
  }

  private static String page(Mail mail) {
    String frame =
        mail.html() == null
            ? ""
            : "<h2>As HTML</h2><iframe sandbox title=\"the mail\" src=\"/messages/%d/html\"></iframe>"
                .formatted(mail.id());
    return """
    <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title>%s
    <p><a href="/">All mails</a></p><h1>%s</h1>
    <p>From %s to %s, %s</p>
    <pre>%s</pre>
    %s
    """
        .formatted(
            escape(mail.subject()),
            STYLE,
            escape(mail.subject()),
            escape(mail.from()),
            escape(mail.to()),
            mail.receivedAt(),
            linked(escape(Objects.requireNonNullElse(mail.text(), ""))),
            frame);
  }

  private static String linked(String escaped) {
    return escaped.replaceAll("(https?://[^\\s<]+)", "<a href=\"$1\">$1</a>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static Map<String, String> parameters(@org.jspecify.annotations.Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                (first, second) -> first));
  }

  private static void sendJson(HttpExchange exchange, Object body) throws IOException {
    send(exchange, 200, "application/json", ContractsJson.mapper().writeValueAsString(body));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
