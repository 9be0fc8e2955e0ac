package io.cpdevents.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest(classes = TestService.class)
class IdempotencyIT {

  @Autowired TestService.Things things;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String bearer = TestTokens.bearer(Ids.next(), Set.of(), Map.of());

  @Test
  void the_same_key_and_body_have_one_effect_and_one_answer() throws Exception {
    HttpResponse<String> first = post("/api/v1/things", "key-1", thing("a", "in-person"));
    HttpResponse<String> second = post("/api/v1/things", "key-1", thing("a", "in-person"));
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
  }

  @Test
  void another_body_with_the_same_key_is_refused() throws Exception {
    post("/api/v1/things", "key-2", thing("a", "in-person"));
    HttpResponse<String> other = post("/api/v1/things", "key-2", thing("b", "in-person"));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("\"idempotency-key-reused\"");
  }

  @Test
  void the_key_of_another_person_is_another_key() throws Exception {
    HttpResponse<String> mine = post("/api/v1/things", "key-3", thing("a", "in-person"));
    String other = TestTokens.bearer(Ids.next(), Set.of(), Map.of());
    HttpResponse<String> theirs =
        send(request("/api/v1/things", "key-3", thing("z", "in-person"), other));
    assertThat(theirs.statusCode()).isEqualTo(201);
    assertThat(theirs.body()).isNotEqualTo(mine.body());
  }

  @Test
  void a_second_caller_does_not_wait_for_the_first() throws Exception {
    things.slow = new CountDownLatch(1);
    int runsBefore = things.runs.get();
    CompletableFuture<HttpResponse<String>> first =
        http.sendAsync(
            request("/api/v1/things", "key-4", thing("slow", "slow"), bearer),
            BodyHandlers.ofString());
    await().until(() -> things.runs.get() > runsBefore);
    HttpResponse<String> second = post("/api/v1/things", "key-4", thing("slow", "slow"));
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("\"in-progress\"");
    things.slow.countDown();
    assertThat(first.get().statusCode()).isEqualTo(201);
    assertThat(post("/api/v1/things", "key-4", thing("slow", "slow")).body())
        .isEqualTo(first.get().body());
  }

  @Test
  void ten_at_once_are_one() throws Exception {
    int runsBefore = things.runs.get();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(
          http.sendAsync(
              request("/api/v1/things", "key-5", thing("ten", "in-person"), bearer),
              BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isIn(201, 409);
    }
    assertThat(things.runs.get() - runsBefore).isEqualTo(1);
  }

  @Test
  void after_a_crash_the_same_key_goes_on_with_the_same_intent() throws Exception {
    HttpResponse<String> first = post("/api/v1/things", "key-7", thing("y", "in-person"));
    // As a process leaves it that dies before it can keep the answer: the lease has run out.
    int left =
        jdbc.sql(
                """
                UPDATE api_idempotency
                SET status = NULL, body = NULL, content_type = NULL,
                    locked_until = created_at - interval '1 second'
                WHERE key = 'key-7'
                """)
            .update();
    assertThat(left).isEqualTo(1);
    int runsBefore = things.runs.get();
    HttpResponse<String> again = post("/api/v1/things", "key-7", thing("y", "in-person"));
    assertThat(things.runs.get()).isEqualTo(runsBefore + 1);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void a_bug_keeps_no_answer_and_lets_the_key_run_again() throws Exception {
    assertThat(post("/api/v1/things", "key-6", thing("x", "broken")).statusCode()).isEqualTo(500);
    int runsBefore = things.runs.get();
    assertThat(post("/api/v1/things", "key-6", thing("x", "broken")).statusCode()).isEqualTo(500);
    assertThat(things.runs.get()).isEqualTo(runsBefore + 1);
  }

  @Test
  void a_definite_refusal_is_kept_and_a_credential_never() throws Exception {
    HttpResponse<String> refused = post("/api/v1/refunds", "key-8", "{}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(post("/api/v1/refunds", "key-8", "{}").body()).isEqualTo(refused.body());
    HttpResponse<String> secret = post("/api/v1/secrets", "key-9", "{}");
    assertThat(post("/api/v1/secrets", "key-9", "{}").body()).isNotEqualTo(secret.body());
    assertThat(
            jdbc.sql("SELECT count(*) FROM api_idempotency WHERE body LIKE '%secret%'::bytea")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_missing_or_malformed_key_is_refused_where_one_is_needed() throws Exception {
    HttpResponse<String> missing =
        send(
            HttpRequest.newBuilder(uri("/api/v1/refunds"))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("\"idempotency-key-required\"");
    HttpResponse<String> long_ = post("/api/v1/refunds", "x".repeat(256), "{}");
    assertThat(long_.statusCode()).isEqualTo(400);
    assertThat(long_.body()).contains("\"idempotency-key-invalid\"");
  }

  private static String thing(String name, String mode) {
    return "{\"name\":\"%s\",\"mode\":\"%s\"}".formatted(name, mode);
  }

  private HttpResponse<String> post(String path, String key, String body)
      throws IOException, InterruptedException {
    return send(request(path, key, body, bearer));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String key, String body, String token) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", token)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
