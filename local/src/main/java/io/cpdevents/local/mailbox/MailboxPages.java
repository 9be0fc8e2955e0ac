package io.cpdevents.local.mailbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Serves the mails as JSON for programs and as pages for people. */
final class MailboxPages implements AutoCloseable {

  private static final int MAX_LISTED_MAILS = 100;

  /** Of our own pages: nothing inline, nothing foreign, and mails in a frame. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src data:; frame-src 'self'; object-src 'none'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** Of a mail's own HTML: it runs nothing, and only its links lead out of its frame. */
  private static final String MAIL_POLICY =
      "sandbox allow-popups allow-popups-to-escape-sandbox; script-src 'none';"
          + " object-src 'none'; frame-ancestors 'self'";

  private static final Pattern OF_A_MAIL =
      Pattern.compile(
          "GET (?<api>/api)?/messages/(?<id>\\d{1,18})(?<what>|/html|/attachments/(?<name>.+))");

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
        case "GET /api/messages" ->
            sendJson(exchange, matching(exchange).stream().map(Mail::view).toList());
        case "DELETE /api/messages" -> {
          if (exchange.getRequestHeaders().containsKey("Origin")) {
            send(exchange, 403, "text/plain", "not for other pages");
            return;
          }
          store.clear();
          exchange.sendResponseHeaders(204, -1);
        }
        case "GET /" -> sendPage(exchange, PAGE_POLICY, MailboxHtml.list(newest()));
        case "GET /mailbox.css" -> send(exchange, 200, "text/css", resource("mailbox.css"));
        case "GET /mailbox.js" -> send(exchange, 200, "text/javascript", resource("mailbox.js"));
        default -> answerMail(exchange, call);
      }
    }
  }

  private void answerMail(HttpExchange exchange, String call) throws IOException {
    Matcher asked = OF_A_MAIL.matcher(call);
    Mail mail =
        asked.matches() ? store.withId(Long.parseLong(asked.group("id"))).orElse(null) : null;
    if (mail == null) {
      send(exchange, 404, "text/plain", "there is no such page");
      return;
    }
    boolean isForPrograms = asked.group("api") != null;
    switch (asked.group("what")) {
      case "" -> {
        if (isForPrograms) {
          sendJson(exchange, mail.view());
        } else {
          sendPage(exchange, PAGE_POLICY, MailboxHtml.mail(mail));
        }
      }
      case "/html" -> sendPage(exchange, MAIL_POLICY, MailboxHtml.content(mail));
      default -> sendFile(exchange, mail.file(asked.group("name")));
    }
  }

  private List<Mail> matching(HttpExchange exchange) {
    Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
    String limit = parameters.getOrDefault("limit", "");
    int most = limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : MAX_LISTED_MAILS;
    String after = parameters.getOrDefault("after", "");
    return after.matches("\\d{1,18}")
        ? store.after(Long.parseLong(after), most)
        : store.newest(parameters.get("to"), most);
  }

  private List<Mail> newest() {
    return store.newest(null, MAX_LISTED_MAILS);
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = MailboxPages.class.getResourceAsStream("/mailbox/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    }
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

  private static void sendPage(HttpExchange exchange, String policy, String html)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", policy);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    send(exchange, 200, "text/html", html);
  }

  private static void sendFile(HttpExchange exchange, Optional<MailFile> found) throws IOException {
    if (found.isEmpty()) {
      send(exchange, 404, "text/plain", "the mail has no such file");
      return;
    }
    MailFile file = found.get();
    exchange.getResponseHeaders().set("Content-Security-Policy", MAIL_POLICY);
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", file.isPicture() ? "inline" : "attachment");
    send(exchange, 200, file.contentType(), file.content());
  }

  private static void sendJson(HttpExchange exchange, Object body) throws IOException {
    send(exchange, 200, "application/json", ContractsJson.mapper().writeValueAsString(body));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
