package io.cpdevents.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest(classes = TestService.class)
class IdempotencyIT {

  private static final String THINGS = "/api/v1/things";
  private static final String REFUNDS = "/api/v1/refunds";
  private static final String LOG_INS = "/api/v1/log-ins";
  private static final String QUESTIONS = "/api/v1/questions";
  private static final String SECRETS = "/api/v1/secrets";

  @Autowired TestService.Things things;
  @Autowired JdbcClient jdbc;
  @Autowired ApiClient api;

  private ApiClient person;

  @Autowired
  void logIn(ApiClient client) {
    person = client.as(TestTokens.bearer(Ids.next()));
  }

  @Test
  void the_same_key_and_body_have_one_effect_and_one_answer() {
    ApiClient client = person.withKey("key-1");
    Answer first = client.post(THINGS, thing("a", "in-person")).expect(201);
    Answer second = client.post(THINGS, thing("a", "in-person")).expect(201);
    assertThat(second.plain()).isEqualTo(first.plain());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
  }

  @Test
  void a_repeated_request_is_told_the_address_and_the_tag_of_what_it_made() {
    ApiClient client = person.withKey("key-10");
    Answer first = client.post("/api/v1/editions", "{}").expect(201);
    Answer second = client.post("/api/v1/editions", "{}").expect(201);
    assertThat(first.header("Location")).isEqualTo("/api/v1/editions/" + first.id());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(first.header("ETag")).startsWith("\"1-");
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
  }

  @Test
  void another_body_with_the_same_key_is_refused() {
    ApiClient client = person.withKey("key-2");
    client.post(THINGS, thing("a", "in-person"));
    client.post(THINGS, thing("b", "in-person")).refused(422, "idempotency-key-reused");
  }

  @Test
  void the_key_of_another_person_is_another_key() {
    Answer mine = person.withKey("key-3").post(THINGS, thing("a", "in-person"));
    Answer theirs =
        api.as(TestTokens.bearer(Ids.next()))
            .withKey("key-3")
            .post(THINGS, thing("z", "in-person"))
            .expect(201);
    assertThat(theirs.id()).isNotEqualTo(mine.id());
  }

  @Test
  void a_second_caller_does_not_wait_for_the_first() {
    ApiClient client = person.withKey("key-4");
    things.slow = new CountDownLatch(1);
    int runsBefore = things.runs.get();
    AtOnce.Crowd<Answer> first = AtOnce.begin(1, () -> client.post(THINGS, thing("slow", "slow")));
    await().until(() -> things.runs.get() > runsBefore);
    client.post(THINGS, thing("slow", "slow")).refused(409, "in-progress");
    things.slow.countDown();
    Answer answered = first.results().getFirst().expect(201);
    assertThat(client.post(THINGS, thing("slow", "slow")).id()).isEqualTo(answered.id());
  }

  @Test
  void a_request_that_runs_longer_than_a_lease_goes_on_excluding_others() {
    ApiClient client = person.withKey("key-11");
    things.slow = new CountDownLatch(1);
    int runsBefore = things.runs.get();
    AtOnce.Crowd<Answer> first = AtOnce.begin(1, () -> client.post(THINGS, thing("long", "slow")));
    await().until(() -> things.runs.get() > runsBefore);
    Instant firstLease = leaseOf("key-11");
    await().atMost(IdempotencyStore.LEASE_TIME).until(() -> leaseOf("key-11").isAfter(firstLease));
    client.post(THINGS, thing("long", "slow")).refused(409, "in-progress");
    things.slow.countDown();
    first.results().getFirst().expect(201);
    assertThat(things.runs.get()).isEqualTo(runsBefore + 1);
  }

  private Instant leaseOf(String key) {
    return jdbc.sql("SELECT locked_until FROM api_idempotency WHERE key = :key")
        .param("key", key)
        .query((row, _) -> Columns.instant(row, "locked_until"))
        .single();
  }

  @Test
  void ten_concurrent_requests_run_once() {
    ApiClient client = person.withKey("key-5");
    int runsBefore = things.runs.get();
    List<Answer> answers = AtOnce.times(10, () -> client.post(THINGS, thing("ten", "in-person")));
    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409).contains(201);
    assertThat(things.runs.get() - runsBefore).isEqualTo(1);
  }

  @Test
  void after_a_crash_the_same_key_continues_with_the_same_intent() {
    ApiClient client = person.withKey("key-7");
    Answer first = client.post(THINGS, thing("y", "in-person"));
    // As a process leaves the row that dies before it can store the answer, after the lease.
    int changed =
        jdbc.sql(
                """
                UPDATE api_idempotency
                SET status = NULL, body = NULL, content_type = NULL,
                    locked_until = created_at - interval '1 second'
                WHERE key = 'key-7'
                """)
            .update();
    assertThat(changed).isEqualTo(1);
    int runsBefore = things.runs.get();
    Answer again = client.post(THINGS, thing("y", "in-person")).expect(201);
    assertThat(things.runs.get()).isEqualTo(runsBefore + 1);
    assertThat(again.id()).isEqualTo(first.id());
  }

  @Test
  void a_failure_is_not_stored_and_the_key_can_run_again() {
    ApiClient client = person.withKey("key-6");
    client.post(THINGS, thing("x", "broken")).expect(500);
    int runsBefore = things.runs.get();
    client.post(THINGS, thing("x", "broken")).expect(500);
    assertThat(things.runs.get()).isEqualTo(runsBefore + 1);
  }

  @Test
  void a_definite_refusal_is_stored_and_a_credential_never() {
    ApiClient refunds = person.withKey("key-8");
    Answer refused = refunds.post(REFUNDS, "{}").expect(409);
    assertThat(refunds.post(REFUNDS, "{}").plain()).isEqualTo(refused.plain());
    ApiClient secrets = person.withKey("key-9");
    Answer secret = secrets.post(SECRETS, "{}");
    assertThat(secrets.post(SECRETS, "{}").plain()).isNotEqualTo(secret.plain());
    assertThat(
            jdbc.sql("SELECT count(*) FROM api_idempotency WHERE body LIKE '%secret%'::bytea")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void nothing_is_kept_of_a_request_that_brings_a_credential_and_its_intent_is_the_same() {
    ApiClient stranger = api.withKey("key-20");
    int runsBefore = things.runs.get();
    UUID first = stranger.post(LOG_INS, logIn("ada", "password1234")).expect(200).id();
    // With another password it is the same intent, so nothing of the password is in it.
    assertThat(stranger.post(LOG_INS, logIn("ada", "hunter2hunter2")).id()).isEqualTo(first);
    assertThat(person.withKey("key-20").post(LOG_INS, logIn("ada", "password1234")).id())
        .isNotEqualTo(first);
    assertThat(stranger.post(LOG_INS, logIn("bob", "password1234")).id()).isNotEqualTo(first);
    assertThat(api.withKey("key-21").post(LOG_INS, logIn("ada", "password1234")).id())
        .isNotEqualTo(first);
    assertThat(things.runs.get()).isEqualTo(runsBefore + 5);
    assertThat(rowsOf("key-20") + rowsOf("key-21")).isZero();
  }

  @Test
  void strangers_leave_no_rows_where_there_is_nothing_or_where_they_are_refused() {
    ApiClient stranger = api.withKey("key-22");
    stranger.post("/api/v1/nothing", "{}").refused(404, "not-found");
    stranger.post("/api/v1/pages", "{}").refused(405, "method-not-allowed");
    stranger.post(THINGS, thing("a", "in-person")).refused(401, "session-missing");
    stranger.post(REFUNDS, "{}").refused(401, "session-missing");
    stranger.with("Content-Type", "text/plain").post(QUESTIONS, "a").expect(415);
    stranger
        .with("Content-Type", "multipart/form-data; boundary=x")
        .post(QUESTIONS, "a")
        .refused(415, "unsupported-media-type");
    person
        .withKey("key-22")
        .with("Content-Type", "multipart/form-data; boundary=x")
        .post("/api/v1/ops/decisions", "a")
        .refused(403, "role-missing");
    person
        .withKey("key-26")
        .with("Content-Type", "multipart/form-data; boundary=x")
        .post(THINGS, "a")
        .refused(415, "unsupported-media-type");
    stranger.post(QUESTIONS, "{}").refused(400, "invalid-request");
    stranger.post(QUESTIONS, thing("a", "broken")).refused(409, "exceeds-refundable");
    person.withKey("key-22").post("/api/v1/nothing", "{}").refused(404, "not-found");
    person.withKey("key-22").post("/api/v1/ops/decisions", "{}").refused(403, "role-missing");
    assertThat(rowsOf("key-22")).isZero();
  }

  @Test
  void what_a_stranger_may_do_has_one_effect_as_well() {
    ApiClient stranger = api.withKey("key-23");
    Answer first = stranger.post(QUESTIONS, thing("a", "in-person")).expect(200);
    Answer second = stranger.post(QUESTIONS, thing("a", "in-person")).expect(200);
    assertThat(second.plain()).isEqualTo(first.plain());
    assertThat(rowsOf("key-23")).isOne();
  }

  @Test
  void a_refusal_after_a_run_that_may_have_had_an_effect_does_not_forget_its_intent() {
    ApiClient stranger = api.withKey("key-24");
    Answer first = stranger.post(QUESTIONS, thing("a", "in-person"));
    // As a process leaves the row that dies before it can store the answer, after the lease.
    jdbc.sql(
            "UPDATE api_idempotency SET status = NULL, body = NULL, locked_until = NULL"
                + " WHERE key = 'key-24'")
        .update();
    things.refusesQuestions = true;
    stranger.post(QUESTIONS, thing("a", "in-person")).refused(409, "exceeds-refundable");
    things.refusesQuestions = false;
    assertThat(rowsOf("key-24")).isOne();
    assertThat(
            jdbc.sql("SELECT intent_id FROM api_idempotency WHERE key = 'key-24'")
                .query(UUID.class)
                .single())
        .isEqualTo(first.id());
  }

  private long rowsOf(String key) {
    return jdbc.sql("SELECT count(*) FROM api_idempotency WHERE key = :key")
        .param("key", key)
        .query(Long.class)
        .single();
  }

  private static Map<String, String> logIn(String name, String password) {
    return Map.of("name", name, "password", password);
  }

  @Test
  void a_missing_or_malformed_key_is_refused_where_one_is_required() {
    person.post(REFUNDS, "{}").refused(400, "idempotency-key-required");
    person.withKey("x".repeat(256)).post(REFUNDS, "{}").refused(400, "idempotency-key-invalid");
  }

  private static Map<String, String> thing(String name, String mode) {
    return Map.of("name", name, "mode", mode);
  }
}
