package io.cpdevents.billing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of Stripe as these tests need, in memory, over HTTP: objects, idempotency keys and
 * faults. Money moves only when a test says so.
 */
public final class FakeStripe {

  /** What goes wrong with the next request that matches. */
  public enum Fault {
    /** The connection breaks before anything is done. */
    DROP_BEFORE,
    /** It is done, and then the connection breaks. */
    DROP_AFTER,
    SERVER_ERROR,
    RATE_LIMIT,
    REFUSE,
    /** Nothing: it is the request after this one that fails. */
    NONE
  }

  private record Planned(String request, Fault fault) {}

  private static final FakeStripe SHARED = new FakeStripe();
  private static final String BALANCE_TRANSACTION = "balance_transaction";
  private static final int PAGE_ROWS_DEFAULT = 10;

  private final JsonMapper json = new JsonMapper();
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Map<String, Object>> objects = new ConcurrentHashMap<>();
  private final Map<String, String> answersByKey = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Planned> faults = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Instant now = Instant.EPOCH;
  private volatile int pageRowsMost = Integer.MAX_VALUE;

  private FakeStripe() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> Thread.ofPlatform().daemon().name("fake-stripe").unstarted(task)));
    server.createContext("/v1/", this::handle);
    server.start();
  }

  /** The one of this JVM. */
  public static FakeStripe shared() {
    return SHARED;
  }

  /** Its address. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests whose line contains this, for example {@code POST /v1/refunds}, with their key. */
  public List<String> requests(String part) {
    return requests.stream().filter(request -> request.contains(part)).toList();
  }

  /** Lets the next requests that contain this go wrong, one fault each. */
  public void plan(String request, Fault... planned) {
    for (Fault fault : planned) {
      faults.add(new Planned(request, fault));
    }
  }

  /** Lets everything go right again. */
  public void mend() {
    faults.clear();
    pageRowsMost = Integer.MAX_VALUE;
  }

  /** What is made from now on was created then. */
  public void createAt(Instant time) {
    now = time;
  }

  /** Pages of Stripe's balance are not longer than this, so that few transactions are many. */
  public void limitPages(int rowsMost) {
    pageRowsMost = rowsMost;
  }

  /** The session of a page's address. */
  public String sessionOf(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** The buyer pays on the page; Stripe has not booked it yet. Returns the payment intent. */
  public synchronized String pay(String sessionId) {
    Map<String, Object> session = object(sessionId);
    long amount = Long.parseLong(String.valueOf(session.get("amount_total")));
    String intent = succeeded(amount, String.valueOf(session.get("currency")), metadata(session));
    session.put("status", "complete");
    session.put("payment_status", "paid");
    session.put("payment_intent", intent);
    session.put("url", null);
    return intent;
  }

  /** Money arrives from somewhere. Returns the payment intent. */
  public synchronized String succeeded(
      long amountMinor, String currency, Map<String, String> metadata) {
    String charge = next("ch");
    String intent = next("pi");
    put(
        charge,
        map(
            "object",
            "charge",
            "amount",
            amountMinor,
            "currency",
            currency,
            "payment_intent",
            intent,
            "status",
            "succeeded",
            BALANCE_TRANSACTION,
            null));
    put(
        intent,
        map(
            "object", "payment_intent",
            "status", "succeeded",
            "amount_received", amountMinor,
            "currency", currency,
            "latest_charge", charge,
            "metadata", metadata));
    return intent;
  }

  /** Another state for a payment intent. Returns it. */
  public synchronized String intent(String sessionId, String status) {
    Map<String, Object> session = object(sessionId);
    String intent = next("pi");
    put(
        intent,
        map(
            "object",
            "payment_intent",
            "status",
            status,
            "amount_received",
            0,
            "currency",
            session.get("currency"),
            "latest_charge",
            null,
            "metadata",
            metadata(session)));
    session.put("payment_intent", intent);
    session.put("status", "complete");
    session.put("payment_status", "unpaid");
    return intent;
  }

  /** Changes a field of an object. */
  public synchronized void set(String id, String field, @Nullable Object value) {
    object(id).put(field, value);
  }

  /** Stripe books the charge of a payment intent. Returns the balance transaction. */
  public synchronized String settle(String intentId, long feeMinor) {
    String chargeId = chargeOf(intentId);
    Map<String, Object> charge = object(chargeId);
    long amount = amountOf(charge);
    String transaction =
        book("charge", chargeId, amount, feeMinor, String.valueOf(charge.get("currency")));
    charge.put(BALANCE_TRANSACTION, transaction);
    return transaction;
  }

  /** Stripe takes or gives something by itself. Returns the balance transaction. */
  public synchronized String charge(String type, long amountMinor, String currency) {
    return book(type, next("fee"), amountMinor, 0, currency);
  }

  /** The charge of a payment intent. */
  public String chargeOf(String intentId) {
    return String.valueOf(object(intentId).get("latest_charge"));
  }

  /** A refund at Stripe gets an outcome and, when it succeeds, a balance transaction. */
  public synchronized void finish(String refundId, String status) {
    Map<String, Object> refund = object(refundId);
    long amount = amountOf(refund);
    String currency = String.valueOf(refund.get("currency"));
    refund.put("status", status);
    if (status.equals("succeeded")) {
      refund.put(BALANCE_TRANSACTION, book("refund", refundId, -amount, 0, currency));
    } else if (refund.get(BALANCE_TRANSACTION) != null) {
      refund.put(
          "failure_balance_transaction", book("refund_failure", refundId, amount, 0, currency));
    }
  }

  /** Somebody refunds in the dashboard. Returns the refund. */
  public synchronized String refundInDashboard(String intentId, long amountMinor) {
    String id = next("re");
    put(
        id,
        map(
            "object",
            "refund",
            "amount",
            amountMinor,
            "currency",
            object(intentId).get("currency"),
            "payment_intent",
            intentId,
            "charge",
            chargeOf(intentId),
            "status",
            "pending",
            "metadata",
            Map.of(),
            BALANCE_TRANSACTION,
            null,
            "failure_balance_transaction",
            null));
    return id;
  }

  /** The balance transaction of a refund. */
  public String refundBooked(String refundId) {
    return String.valueOf(object(refundId).get(BALANCE_TRANSACTION));
  }

  /** The newest refund of a payment intent. */
  public Optional<String> newestRefund(String intentId) {
    return objects.values().stream()
        .filter(object -> "refund".equals(object.get("object")))
        .filter(object -> intentId.equals(object.get("payment_intent")))
        .map(object -> String.valueOf(object.get("id")))
        .max(String::compareTo);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String line = exchange.getRequestMethod() + " " + path;
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String asked = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    Map<String, String> query =
        form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    String request = asked.isEmpty() ? line : line + "?" + asked;
    requests.add(request + " " + key);
    Optional<Fault> fault = nextFault(request);
    if (fault.isPresent()) {
      switch (fault.get()) {
        case DROP_BEFORE -> {
          exchange.close();
          return;
        }
        case SERVER_ERROR -> {
          exchange.getResponseHeaders().set("Stripe-Should-Retry", "false");
          respond(exchange, 500, error("api_error", "something broke"));
          return;
        }
        case RATE_LIMIT -> {
          respond(exchange, 429, error("rate_limit", "too many requests"));
          return;
        }
        case NONE -> {}
        case REFUSE -> {
          respond(exchange, 400, error("resource_missing", "no"));
          return;
        }
        case DROP_AFTER -> {
          answer(line, path, key, form, query);
          exchange.close();
          return;
        }
      }
    }
    String answer = answer(line, path, key, form, query);
    respond(exchange, answer.contains("\"error\"") ? 400 : 200, answer);
  }

  private synchronized Optional<Fault> nextFault(String line) {
    Optional<Planned> planned =
        faults.stream().filter(candidate -> line.contains(candidate.request())).findFirst();
    planned.ifPresent(faults::remove);
    return planned.map(Planned::fault);
  }

  private synchronized String answer(
      String line,
      String path,
      @Nullable String key,
      Map<String, String> form,
      Map<String, String> query) {
    if (key != null && line.startsWith("POST")) {
      String known = answersByKey.get(key);
      if (known == null) {
        known = create(line, path, form);
        answersByKey.put(key, known);
      }
      return known;
    }
    return read(line, path, query);
  }

  private String create(String line, String path, Map<String, String> form) {
    if (line.equals("POST /v1/customers")) {
      return put(next("cus"), map("object", "customer"));
    }
    if (line.equals("POST /v1/checkout/sessions")) {
      String id = next("cs");
      return put(
          id,
          map(
              "object",
              "checkout.session",
              "status",
              "open",
              "payment_status",
              "unpaid",
              "url",
              "https://checkout.example/" + id,
              "amount_total",
              form.get("line_items[0][price_data][unit_amount]"),
              "currency",
              form.get("line_items[0][price_data][currency]"),
              "payment_intent",
              null,
              "metadata",
              metadata(form)));
    }
    if (line.equals("POST /v1/refunds")) {
      String intent = String.valueOf(form.get("payment_intent"));
      return put(
          next("re"),
          map(
              "object",
              "refund",
              "amount",
              Long.parseLong(String.valueOf(form.get("amount"))),
              "currency",
              object(intent).get("currency"),
              "payment_intent",
              intent,
              "charge",
              chargeOf(intent),
              "status",
              "pending",
              "metadata",
              metadata(form),
              BALANCE_TRANSACTION,
              null,
              "failure_balance_transaction",
              null));
    }
    if (path.endsWith("/expire")) {
      String id = path.split("/", -1)[4];
      Map<String, Object> session = object(id);
      if (!"open".equals(session.get("status"))) {
        return error("resource_missing", "only open sessions can be expired");
      }
      session.put("status", "expired");
      session.put("url", null);
      return json.writeValueAsString(session);
    }
    return error("resource_missing", line);
  }

  private String read(String line, String path, Map<String, String> query) {
    if (line.equals("GET /v1/refunds")) {
      List<Map<String, Object>> found =
          objects.values().stream()
              .filter(object -> "refund".equals(object.get("object")))
              .filter(object ->
                  String.valueOf(object.get("payment_intent")).equals(query.get("payment_intent")))
              .toList();
      return json.writeValueAsString(
          map("object", "list", "data", found, "has_more", false, "url", "/v1/refunds"));
    }
    if (line.equals("GET /v1/balance_transactions")) {
      return balanceTransactions(query);
    }
    String id = path.substring(path.lastIndexOf('/') + 1);
    Map<String, Object> found = objects.get(id);
    return found == null ? error("resource_missing", id) : json.writeValueAsString(expanded(found));
  }

  /** Newest first, from the one after the cursor. */
  private String balanceTransactions(Map<String, String> query) {
    long from = Long.parseLong(query.getOrDefault("created[gte]", "0"));
    long until = Long.parseLong(query.getOrDefault("created[lt]", String.valueOf(Long.MAX_VALUE)));
    int asked = Integer.parseInt(query.getOrDefault("limit", String.valueOf(PAGE_ROWS_DEFAULT)));
    String after = query.get("starting_after");
    List<Map<String, Object>> listed =
        objects.values().stream()
            .filter(object -> BALANCE_TRANSACTION.equals(object.get("object")))
            .filter(object -> createdOf(object) >= from && createdOf(object) < until)
            .sorted(
                Comparator.comparingLong(FakeStripe::createdOf)
                    .thenComparing(object -> String.valueOf(object.get("id")))
                    .reversed())
            .dropWhile(object -> after != null && !after.equals(object.get("id")))
            .skip(after == null ? 0 : 1)
            .toList();
    int rows = Math.min(Math.min(asked, pageRowsMost), listed.size());
    return json.writeValueAsString(
        map(
            "object",
            "list",
            "data",
            listed.subList(0, rows),
            "has_more",
            listed.size() > rows,
            "url",
            "/v1/balance_transactions"));
  }

  private static long createdOf(Map<String, Object> object) {
    return Long.parseLong(String.valueOf(object.get("created")));
  }

  /** As if everything had been asked for. */
  private Map<String, Object> expanded(Map<String, Object> object) {
    Map<String, Object> copy = new LinkedHashMap<>(object);
    for (String field :
        List.of("latest_charge", BALANCE_TRANSACTION, "failure_balance_transaction")) {
      Object value = copy.get(field);
      if (value instanceof String id) {
        copy.put(field, expanded(object(id)));
      }
    }
    return copy;
  }

  private String book(String type, String source, long amount, long fee, String currency) {
    String id = next("txn");
    put(
        id,
        map(
            "object", BALANCE_TRANSACTION,
            "type", type,
            "source", source,
            "currency", currency,
            "amount", amount,
            "fee", fee,
            "net", amount - fee,
            "created", now.getEpochSecond()));
    return id;
  }

  private Map<String, Object> object(String id) {
    return Optional.ofNullable(objects.get(id)).orElseThrow();
  }

  private static long amountOf(Map<String, Object> object) {
    return Long.parseLong(String.valueOf(object.get("amount")));
  }

  private String put(String id, Map<String, Object> object) {
    object.put("id", id);
    objects.put(id, object);
    return json.writeValueAsString(object);
  }

  private String next(String prefix) {
    return "%s_%06d".formatted(prefix, ids.incrementAndGet());
  }

  private String error(String code, String message) {
    return json.writeValueAsString(
        Map.of("error", Map.of("type", "invalid_request_error", "code", code, "message", message)));
  }

  private static Map<String, Object> map(@Nullable Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }

  private static Map<String, String> metadata(Map<String, ?> source) {
    Map<String, String> metadata = new HashMap<>();
    if (source.get("metadata") instanceof Map<?, ?> nested) {
      nested.forEach((name, value) -> metadata.put(String.valueOf(name), String.valueOf(value)));
      return metadata;
    }
    source.forEach((name, value) -> {
      if (name.startsWith("metadata[")) {
        metadata.put(
            name.substring("metadata[".length(), name.length() - 1), String.valueOf(value));
      }
    });
    return metadata;
  }

  private static Map<String, String> form(String encoded) {
    Map<String, String> form = new HashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
