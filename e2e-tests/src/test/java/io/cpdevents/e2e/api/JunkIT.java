package io.cpdevents.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.StripeSignature;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.Journey;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.platform.test.AtOnce;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Junk for every operation of the live OpenAPI documents: a new one is covered without anybody's
 * doing. Whatever is sent, the answer is a problem with a code and a 4xx, or a 2xx where the input
 * was valid after all.
 */
@Journey
class JunkIT {

  /** Fewer means that the documents were not read. */
  private static final int MIN_REQUESTS = 1_500;

  private static final int CONCURRENT_SENDERS = 4;
  private static final long LARGE_BYTES = 20L * 1024 * 1024;
  private static final int LONG_CHARACTERS = 900;
  private static final String UUID_NIL = "00000000-0000-0000-0000-000000000000";
  private static final String JSON = "application/json";

  private static final List<String> IDS =
      List.of(
          "0",
          "-1",
          "not-an-id",
          "1-1-1-1-1",
          UUID_NIL,
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
          "%00",
          "%20",
          "%F0%9F%94%91",
          "%ED%A0%80",
          "%E2%80%AE",
          "'%20OR%201=1--",
          "..%2f..",
          "x".repeat(LONG_CHARACTERS));

  private static final List<String> QUERY_VALUES =
      List.of(
          "",
          "x",
          "-1",
          "0",
          "1.5",
          "101",
          "99999999999999999999",
          "null",
          "%00",
          "%20",
          "%ED%A0%80",
          "%F0%9F%94%91",
          "1&0",
          "eyJhIjoxfQ",
          "MjAyNi0wMS0wMVQwMDowMDowMFo",
          "x".repeat(LONG_CHARACTERS));

  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Authorization",
          List.of(
              "",
              "Bearer",
              "Bearer ",
              "Bearer x",
              "bearer x",
              "Bearer a b",
              "Bearer a.b.c",
              "Bearer \u00e9\u0001",
              "Basic eDp5",
              "Digest x",
              "Bearer " + "x".repeat(9_000)),
          "Cookie",
          List.of(
              "",
              "=",
              ";;;",
              "cpd-session",
              "cpd-session=",
              "cpd-session=x",
              "cpd-session=\"x",
              "cpd-session=x; cpd-session=y",
              "cpd-session=\u00e9\u00ff",
              "cpd-session=" + "x".repeat(9_000)),
          "Idempotency-Key",
          List.of("", " ", "x".repeat(300), "\u00e9", "a b", "\"a\"", "\u0001"),
          "traceparent",
          List.of(
              "",
              "x",
              "00-0-0-0",
              "00-00000000000000000000000000000000-0000000000000000-00",
              "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
              "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
              "00-" + "a".repeat(5_000)),
          "tracestate",
          List.of("", "=", "a=" + "b".repeat(3_000)),
          "X-Correlation-Id",
          List.of("", " ", "\u00e9", "a\tb", "${jndi:ldap://127.0.0.1/x}", "x".repeat(5_000)),
          "Content-Length",
          List.of("-1", "abc", "0x10", "1.5", "99999999999999999999", "2, 3", ""),
          "Content-Type",
          List.of("", "junk", "/", "application/json;charset=x", "application/json;=;", "text/xml"),
          "X-Forwarded-For",
          List.of("", "x", "1.2.3.4, evil", "999.999.999.999", "x".repeat(5_000)),
          "Origin",
          List.of("", "null", "x", "http://", "https://evil.example", "http://localhost:99999"));

  private static final Map<String, List<String>> NEGOTIATION =
      Map.of(
          "Accept",
          List.of(
              "", "junk", "*/*;q=x", "text/csv", "application/problem+json", "application/*+json"),
          "Content-Encoding",
          List.of("", "gzip", "identity", "br, gzip", "\u00e9"),
          "If-Match",
          List.of("", "*", "1", "\"1\"", "W/\"1\"", "\"", ",,", "\u00e9", "x".repeat(5_000)));

  private final AtomicInteger requests = new AtomicInteger();

  private record Attempt(String what, Answering call, boolean never) {}

  /** A request that is still to be sent. */
  private interface Answering {
    Wire.Answer answer() throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> every_operation_refuses_junk(World world) {
    Belongings belongings = new Belongings(world);
    List<Operation> operations =
        Operation.all(world.api()).stream()
            // What may take away what others need comes last.
            .sorted(Comparator.comparing(Operation::destruction))
            .toList();
    Stream<DynamicTest> each =
        operations.stream()
            .map(operation ->
                DynamicTest.dynamicTest(
                    operation.toString(), () -> throwAt(operation, belongings, world)));
    Stream<DynamicTest> atLast =
        Stream.of(
            DynamicTest.dynamicTest(
                "at least " + MIN_REQUESTS + " requests",
                () -> {
                  System.out.printf("junk: %d requests%n", requests.get());
                  assertThat(requests.get()).isGreaterThan(MIN_REQUESTS);
                }),
            DynamicTest.dynamicTest(
                "every operation of the document was asked for",
                () -> assertThat(SharedPlatform.document().unaskedOperations()).isEmpty()));
    return Stream.concat(each, atLast);
  }

  private void throwAt(Operation operation, Belongings belongings, World world) {
    Api api = sender(operation, belongings, world).provenApi();
    String path = operation.pathWith(belongings::idIn);
    Samples samples = new Samples(operation, belongings, world.now());
    String valid = operation.takesJson() ? samples.body().toString() : "";
    List<Attempt> attempts = new ArrayList<>();
    if (operation.takesJson()) {
      for (Junk.Body body : Junk.bodies(operation, samples)) {
        attempts.add(
            new Attempt(
                body.what(), () -> send(api, operation, path, body.text(), JSON), body.never()));
      }
      for (String type :
          List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "x/y")) {
        attempts.add(new Attempt(type, () -> send(api, operation, path, valid, type), true));
      }
    } else {
      for (String body : List.of("{", "null", "{\"a\":1}", "\u0000")) {
        attempts.add(
            new Attempt("body " + body, () -> send(api, operation, path, body, JSON), false));
      }
    }
    if (operation.method().equals("POST")) {
      for (String key : List.of(" ", "a b", "x".repeat(300), "{}", UUID_NIL)) {
        attempts.add(
            new Attempt(
                "Idempotency-Key " + key.substring(0, Math.min(key.length(), 10)),
                () ->
                    answer(
                        api.with("Content-Type", JSON)
                            .with(Operation.IDEMPOTENCY_KEY, key)
                            .send(operation.method(), path, valid)),
                false));
      }
    }
    addIds(attempts, operation, belongings, api, valid);
    addQueries(attempts, operation, api, path);
    tryAll(operation.toString(), attempts);
  }

  private void addIds(
      List<Attempt> attempts,
      Operation operation,
      Belongings belongings,
      Api api,
      String validBody) {
    for (String collection : Set.copyOf(operation.collections())) {
      List<String> ids = new ArrayList<>(IDS);
      ids.add(UUID.randomUUID().toString());
      for (String id : ids) {
        String path = operation.pathWith(one -> one.equals(collection) ? id : belongings.idIn(one));
        attempts.add(
            new Attempt(
                "id in " + collection + " " + id,
                () -> send(api, operation, path, validBody, JSON),
                true));
      }
    }
  }

  private void addQueries(List<Attempt> attempts, Operation operation, Api api, String path) {
    attempts.add(
        new Attempt(
            "unknown parameter",
            () -> send(api, operation, path + "?unknownParameter=1", "", JSON),
            true));
    Set<String> names = new TreeSet<>();
    operation.queryParameters().forEach(parameter -> names.add(parameter.get("name").asString()));
    for (String name : names) {
      for (String value : QUERY_VALUES) {
        String query = name + "=" + value.replace("&", "&" + name + "=");
        attempts.add(
            new Attempt(query, () -> send(api, operation, path + "?" + query, "", JSON), false));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> other_methods_are_refused(World world) {
    Map<String, Set<String>> methods = new TreeMap<>();
    Belongings belongings = new Belongings(world);
    for (Operation operation : Operation.all(world.api())) {
      methods
          .computeIfAbsent(operation.pathWith(belongings::idIn), _ -> new TreeSet<>())
          .add(operation.method());
    }
    Api api = belongings.owner().provenApi();
    return methods.entrySet().stream()
        .map(path ->
            DynamicTest.dynamicTest(
                path.getKey(),
                () -> {
                  List<Attempt> attempts = new ArrayList<>();
                  for (String method :
                      List.of("GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "X")) {
                    if (!path.getValue().contains(method)) {
                      attempts.add(
                          new Attempt(
                              method, () -> answer(api.send(method, path.getKey(), "")), true));
                    }
                  }
                  tryAll(path.getKey(), attempts);
                }));
  }

  @TestFactory
  Stream<DynamicTest> odd_headers_are_refused_or_ignored(World world) {
    Wire wire = new Wire(URI.create(world.address().gatewayUrl()));
    String logIn = "{\"email\":\"nobody@example.com\",\"password\":\"whatever it is\"}";
    return Stream.concat(HEADERS.entrySet().stream(), NEGOTIATION.entrySet().stream())
        .map(header ->
            DynamicTest.dynamicTest(
                header.getKey(),
                () -> {
                  List<Attempt> attempts = new ArrayList<>();
                  for (String value : header.getValue()) {
                    String line = header.getKey() + ": " + value + "\r\n";
                    attempts.add(
                        new Attempt(
                            "GET " + line, () -> wire.send("GET /api/v1/events", line, ""), false));
                    attempts.add(
                        new Attempt(
                            "POST " + line,
                            () -> wire.send("POST /api/v1/sessions", withBody(line, logIn), logIn),
                            true));
                    attempts.add(
                        new Attempt(
                            "webhook " + line,
                            () -> wire.send("POST /webhooks/stripe", withBody(line, "{}"), "{}"),
                            true));
                  }
                  tryAll(header.getKey(), attempts);
                }));
  }

  /** Adds what a request with a body has, except what is being tried. */
  private static String withBody(String line, String body) {
    StringBuilder headers = new StringBuilder(line);
    if (!line.startsWith("Content-Length")) {
      headers.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    if (!line.startsWith("Content-Type")) {
      headers.append("Content-Type: application/json\r\n");
    }
    return headers.toString();
  }

  @TestFactory
  Stream<DynamicTest> far_too_large_bodies_are_refused(World world) {
    Wire wire = new Wire(URI.create(world.address().gatewayUrl()));
    return Stream.of("POST /api/v1/sessions", "POST /api/v1/accounts", "POST /webhooks/stripe")
        .flatMap(line -> Stream.of(true, false).map(announced -> Map.entry(line, announced)))
        .map(large ->
            DynamicTest.dynamicTest(
                large.getKey() + (large.getValue() ? " announced" : " in chunks"),
                () -> {
                  Wire.Answer answer = wire.sendMuch(large.getKey(), LARGE_BYTES, large.getValue());
                  assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
                  assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
                }));
  }

  @TestFactory
  Stream<DynamicTest> what_stripe_has_not_signed_is_refused(World world) {
    return Map.of(
            "/webhooks/stripe", "whsec_local", "/webhooks/stripe-connect", "whsec_local_connect")
        .entrySet()
        .stream()
        .map(webhook ->
            DynamicTest.dynamicTest(
                webhook.getKey(), () -> forge(world, webhook.getKey(), webhook.getValue())));
  }

  private void forge(World world, String path, String secret) {
    Instant now = InstantSource.system().instant();
    String event =
        "{\"id\":\"evt_junk_%s\",\"object\":\"event\",\"type\":\"junk.happened\",\"api_version\":\"x\",\"created\":%d,\"data\":{\"object\":{\"id\":\"ch_1\",\"object\":\"charge\"}}}"
            .formatted(UUID.randomUUID(), now.getEpochSecond());
    Map<String, String> signatures = new LinkedHashMap<>();
    for (String header :
        List.of(
            "", "t=abc", "t", "v1", "t=,v1=", "t=1", "v1=00", ",,,", "=", "t=1,v1=zz", "\u00e9")) {
      signatures.put("'" + header + "'", header);
    }
    String signed = StripeSignature.of(secret, now, event);
    signatures.put("10 kB", "t=1," + "v1=00,".repeat(1_700));
    signatures.put("very long time", "t=" + "9".repeat(30) + ",v1=" + "0".repeat(64));
    signatures.put("old", StripeSignature.of(secret, now.minus(Duration.ofHours(1)), event));
    signatures.put("tomorrow's", StripeSignature.of(secret, now.plus(Duration.ofDays(1)), event));
    signatures.put("another secret's", StripeSignature.of("whsec_of_somebody_else", now, event));
    signatures.put(
        "another body's", StripeSignature.of(secret, now, event.replace("ch_1", "ch_2")));
    signatures.put("of another scheme", signed.replace("v1=", "v0="));
    signatures.put("without its time", signed.substring(signed.indexOf("v1=")));

    List<Attempt> attempts = new ArrayList<>();
    signatures.forEach((what, header) ->
        attempts.add(
            new Attempt(
                what,
                () ->
                    new Wire(URI.create(world.address().gatewayUrl()))
                        .send(
                            "POST " + path,
                            withBody("Stripe-Signature: " + header + "\r\n", event),
                            event),
                true)));
    attempts.add(new Attempt("no header", () -> stripe(world, path, Map.of(), event), true));
    for (String body :
        List.of("", "null", "[]", "{}", "{", "{\"id\":7}", "\u0000", "[".repeat(9_000))) {
      String right = StripeSignature.of(secret, now, body);
      attempts.add(
          new Attempt(
              "signed: " + body.substring(0, Math.min(8, body.length())),
              () -> stripe(world, path, Map.of("Stripe-Signature", right), body),
              true));
    }
    tryAll(path, attempts);
    assertThat(stripe(world, path, Map.of("Stripe-Signature", signed), event).status())
        .as("the right signature is taken: the others are refused for what is wrong with them")
        .isLessThan(300);
  }

  private static Wire.Answer stripe(
      World world, String path, Map<String, String> headers, String body) {
    Api api = world.api();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      api = api.with(header.getKey(), header.getValue());
    }
    return answer(api.send("POST", path, body));
  }

  /** Somebody who may: so that the junk gets as far as it can. */
  private static Person sender(Operation operation, Belongings belongings, World world) {
    if (operation.access().equals("platform")) {
      return world.admin();
    }
    if (operation.access().equals("account")) {
      // Who ends sessions, or the account, ends nobody else's.
      return operation.method().equals("DELETE")
          ? world.somebody("Dora Deleter")
          : belongings.buyer();
    }
    return belongings.owner();
  }

  private static Wire.Answer send(
      Api api, Operation operation, String path, String body, String type) {
    return answer(
        operation.prepared(api).with("Content-Type", type).send(operation.method(), path, body));
  }

  private static Wire.Answer answer(Answer answer) {
    return new Wire.Answer(
        answer.status(), answer.header("Content-Type").orElse(""), answer.body());
  }

  private void tryAll(String what, List<Attempt> attempts) {
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    Queue<Attempt> left = new ConcurrentLinkedQueue<>(attempts);
    AtOnce.times(CONCURRENT_SENDERS, () -> sendAll(left, complaints));
    assertThat(complaints).as(what).isEmpty();
  }

  /** One of those who send: returns how many it has sent. */
  private int sendAll(Queue<Attempt> left, Queue<String> complaints) {
    int sent = 0;
    while (true) {
      Attempt attempt = left.poll();
      if (attempt == null) {
        return sent;
      }
      sent++;
      requests.incrementAndGet();
      complaintAbout(attempt)
          .ifPresent(complaint -> complaints.add(attempt.what() + " → " + complaint));
    }
  }

  private static Optional<String> complaintAbout(Attempt attempt) {
    try {
      Wire.Answer answer = attempt.call().answer();
      return Verdict.on(answer.status(), answer.contentType(), answer.body(), attempt.never());
    } catch (IOException | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }
}
