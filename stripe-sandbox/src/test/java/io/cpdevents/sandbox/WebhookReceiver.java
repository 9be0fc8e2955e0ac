package io.cpdevents.sandbox;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that verifies signatures as a platform must, and refuses the posts it is told to. */
final class WebhookReceiver implements AutoCloseable {
  static final String SECRET = "whsec_test";
  static final String CONNECT_SECRET = "whsec_connect_test";
  private static final WebhookReceiver ONE = new WebhookReceiver(SECRET);
  private static final WebhookReceiver ONE_FOR_CONNECT = new WebhookReceiver(CONNECT_SECRET);

  private final String secret;
  private final HttpServer server;
  private final List<Event> accepted = new CopyOnWriteArrayList<>();
  private final List<String> badSignatures = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();

  /** Another endpoint, which expects signatures with this secret. */
  WebhookReceiver(String secret) {
    this.secret = secret;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/webhooks/stripe", this::receive);
    server.start();
  }

  static WebhookReceiver running() {
    return ONE;
  }

  static WebhookReceiver runningForConnect() {
    return ONE_FOR_CONNECT;
  }

  String url() {
    return "http://127.0.0.1:%d/webhooks/stripe".formatted(server.getAddress().getPort());
  }

  private void receive(HttpExchange exchange) throws IOException {
    posts.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer(exchange, body), -1);
    exchange.close();
  }

  private int answer(HttpExchange exchange, String body) {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return 500;
    }
    try {
      accepted.add(
          Webhook.constructEvent(
              body, exchange.getRequestHeaders().getFirst("Stripe-Signature"), secret));
      return 200;
    } catch (SignatureVerificationException e) {
      badSignatures.add(String.valueOf(e.getMessage()));
      return 400;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  void refuseNext(int count) {
    refusals.set(count);
  }

  void forget() {
    accepted.clear();
    badSignatures.clear();
    refusals.set(0);
    posts.set(0);
  }

  int posts() {
    return posts.get();
  }

  List<String> badSignatures() {
    return badSignatures;
  }

  /** Everything accepted, in the order of its arrival. */
  List<Event> events() {
    return accepted;
  }

  List<String> types() {
    return accepted.stream().map(Event::getType).toList();
  }

  List<Event> events(String type) {
    return accepted.stream().filter(event -> event.getType().equals(type)).toList();
  }
}
