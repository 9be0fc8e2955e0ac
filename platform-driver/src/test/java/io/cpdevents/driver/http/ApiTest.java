package io.cpdevents.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cpdevents.driver.Listener;
import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {

  private static final Wait WAIT =
      Wait.atMost(Duration.ofMinutes(1)).lookingEvery(Duration.ofMillis(1));

  private record Asked(String line, String body, String type, String authorization, String key) {}

  private record Given(int status, String body) {}

  private final List<Asked> asked = new ArrayList<>();
  private final Deque<Given> answers = new ArrayDeque<>();
  private HttpServer server;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    api = Api.at("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_caller_posts_json_and_reads_json() {
    UUID id = UUID.randomUUID();
    answers.add(new Given(201, "{\"id\":\"" + id + "\",\"data\":[{},{}]}"));

    Answer answer = api.bearing("t0ken").post("/things", Map.of("name", "One")).expect(201);

    assertThat(answer.id()).isEqualTo(id);
    assertThat(answer.data()).hasSize(2);
    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(asked)
        .containsExactly(
            new Asked(
                "POST /things", "{\"name\":\"One\"}", "application/json", "Bearer t0ken", "none"));
  }

  @Test
  void a_body_as_it_is_has_only_the_headers_that_were_given() {
    answers.add(new Given(200, ""));

    api.send("POST", "/things", "{ broken");

    assertThat(asked)
        .containsExactly(new Asked("POST /things", "{ broken", "none", "none", "none"));
  }

  @Test
  void another_answer_than_expected_tells_the_question_and_what_came() {
    answers.add(new Given(409, "{\"code\":\"sold-out\"}"));

    Answer refused = api.get("/things");

    assertThat(refused.outcome()).isEqualTo("409 sold-out");
    assertThatThrownBy(() -> refused.expect(200))
        .isInstanceOf(NotAsExpected.class)
        .hasMessage("GET /things was answered with 409, not 200: {\"code\":\"sold-out\"}");
    assertThatThrownBy(() -> refused.text("id"))
        .hasMessageContaining("'id' is missing in the answer to GET /things");
  }

  @Test
  void who_repeats_sends_the_same_key_until_the_answer_is_good() {
    answers.add(new Given(503, ""));
    answers.add(new Given(429, ""));
    answers.add(new Given(409, "{\"code\":\"in-progress\"}"));
    answers.add(new Given(201, "{}"));

    api.repeating(WAIT).post("/things", Map.of()).expect(201);

    assertThat(asked).hasSize(4);
    assertThat(asked.stream().map(Asked::key).distinct()).hasSize(1).doesNotContain("none");
  }

  @Test
  void who_repeats_takes_a_refusal_for_an_answer() {
    answers.add(new Given(409, "{\"code\":\"sold-out\"}"));

    assertThat(api.repeating(WAIT).post("/things", Map.of()).code()).isEqualTo("sold-out");
  }

  @Test
  void who_repeats_gives_up_in_time_and_tells_the_last_answer() {
    answers.add(new Given(503, "away"));

    assertThatThrownBy(() -> api.repeating(Wait.atMost(Duration.ZERO)).get("/things"))
        .hasMessage("no good answer to GET /things in PT0S; the last: 503 away");
  }

  @Test
  void nobody_there_is_no_answer() {
    server.stop(0);

    assertThatThrownBy(() -> api.get("/things"))
        .isInstanceOfSatisfying(
            NoAnswer.class, nobody -> assertThat(nobody.reason()).isEqualTo("ConnectException"));
  }

  @Test
  void a_listener_hears_each_exchange() {
    List<Exchange> heard = new ArrayList<>();
    answers.add(new Given(200, "{}"));

    api.heardBy(
            new Listener() {
              @Override
              public void answered(Exchange exchange) {
                heard.add(exchange);
              }

              @Override
              public void waitsFor(String what) {
                throw new AssertionError("nobody waits");
              }

              @Override
              public void cameTrue(String what, Duration after) {
                throw new AssertionError("nobody waits");
              }
            })
        .put("/things", Map.of("name", "One"));

    assertThat(heard)
        .singleElement()
        .satisfies(exchange -> {
          assertThat(exchange.method() + " " + exchange.path()).isEqualTo("PUT /things");
          assertThat(exchange.body()).isEqualTo("{\"name\":\"One\"}");
          assertThat(exchange.answer().status()).isEqualTo(200);
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              header(exchange, "Content-Type"),
              header(exchange, "Authorization"),
              header(exchange, "Idempotency-Key")));
      Given given = answers.remove();
      byte[] bytes = given.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(given.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of("none")).getFirst();
  }
}
