package io.cpdevents.accounts.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.logins.Attempt;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.MakeAttempt;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.platformroles.GrantPlatformRole;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.accounts.AccountEvent.LogInsRefused;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@AccountsIntegrationTest
class SessionsIT {

  @Autowired MeterRegistry meters;
  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired GrantPlatformRole grantPlatformRole;
  @Autowired MakeAttempt makeAttempt;
  @Autowired EndExpiredSessions endExpiredSessions;
  @Autowired RemoveEndedSessions removeEndedSessions;

  @Test
  void a_person_logs_in_and_the_token_is_told_once() {
    String email = people.newEmail();
    people.verified(email);
    ApiClient browser =
        people
            .newcomer()
            .with(
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");

    Answer answer =
        people.logIn(browser, email.toUpperCase(java.util.Locale.ROOT), People.PASSWORD);

    answer.expect(201);
    assertThat(answer.body().path("session").path("device").asString())
        .isEqualTo("Firefox on Linux");
    assertThat(answer.body().path("session").path("current").asBoolean()).isTrue();
    String token = answer.text("token");
    assertThat(token).hasSize(43);
    assertThat(answer.header("Set-Cookie"))
        .startsWith("cpd-session=" + token)
        .contains("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=2592000")
        .doesNotContain("Secure");
    assertThat(
            jdbc.sql("SELECT count(*) FROM session WHERE token_sha256 = :sha256")
                .param("sha256", Sha256.of(token))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void a_page_in_a_browser_gets_the_cookie_and_no_token_that_a_script_could_read() {
    String email = people.newEmail();
    people.verified(email);

    Answer answer =
        people.logIn(
            people.newcomer().with("Origin", "https://app.example.org"), email, People.PASSWORD);

    answer.expect(201);
    assertThat(answer.body().path("token").isNull()).isTrue();
    String cookie = answer.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly");
    String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    assertThat(people.exchange(token).expect(200).text("sessionId"))
        .isEqualTo(answer.body().path("session").path("id").asString());
    assertThat(answer.plain()).doesNotContain(token);
  }

  @Test
  void a_wrong_password_and_an_unknown_email_get_the_same_answer() {
    String email = people.newEmail();
    people.verified(email);

    Answer wrong = people.logIn(email, "not the password");
    Answer unknown = people.logIn(people.newEmail(), "not the password");

    wrong.expect(unknown.expect(401).status());
    assertThat(wrong.code()).isEqualTo(unknown.code()).isEqualTo("invalid-credentials");
    assertThat(wrong.body().path("detail")).isEqualTo(unknown.body().path("detail"));
    assertThat(wrong.header("Set-Cookie")).isEmpty();
  }

  @Test
  void who_has_not_followed_the_link_cannot_log_in() {
    String email = people.newEmail();
    people.signUp(email);

    people.logIn(email).expect(403);
    assertThat(people.logIn(email).code()).isEqualTo("email-unverified");
    assertThat(people.logIn(email, "not the password").code()).isEqualTo("invalid-credentials");
  }

  @Test
  void every_attempt_is_recorded_once() {
    String email = people.newEmail();
    people.signUp(email);
    people.logIn(email);
    String token = people.tokenIn(people.latestMailOf(email));
    people.verification(token, "not the password").refused(401, "invalid-credentials");
    people.follow(token);
    people.logIn(email, "not the password");
    LoggedIn person = people.loggedIn(email);
    ApiClient client = people.newcomer().as(person.bearer());

    Answer logins = client.get("/api/v1/logins");

    logins.expect(200);
    assertThat(
            logins.body().path("data").valueStream().map(login -> login.path("outcome").asString()))
        .containsExactlyInAnyOrder(
            "succeeded", "wrong-password", "succeeded", "wrong-password", "email-unverified");
    assertThat(
            logins
                .body()
                .path("data")
                .valueStream()
                .filter(login -> login.path("outcome").asString().equals("succeeded"))
                .filter(login -> login.path("purpose").asString().equals("log-in"))
                .map(login -> login.path("sessionId").asString()))
        .containsExactly(person.sessionId().toString());
    Answer firstPage = client.get("/api/v1/logins?limit=2");
    Answer secondPage = client.get("/api/v1/logins?limit=2&after=" + firstPage.text("next"));
    assertThat(firstPage.body().path("data").size()).isEqualTo(2);
    assertThat(secondPage.body().path("data").size()).isEqualTo(2);
    secondPage = client.get("/api/v1/logins?limit=2&after=" + secondPage.text("next"));
    assertThat(secondPage.body().path("data").size()).isEqualTo(1);
    assertThat(secondPage.body().path("next").isNull()).isTrue();
  }

  @Test
  void a_failed_attempt_with_an_unknown_email_is_recorded_without_what_was_typed() {
    ApiClient client = people.newcomer();
    Integer before = countUnknown();

    people.logIn(client, people.newEmail(), "whatever it was");

    assertThat(countUnknown()).isEqualTo(before + 1);
  }

  private Integer countUnknown() {
    return jdbc.sql(
            "SELECT count(*) FROM login WHERE account_id IS NULL AND outcome = 'unknown-email'")
        .query(Integer.class)
        .single();
  }

  @Test
  void a_person_sees_their_sessions_and_which_one_is_current() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn phone = people.loggedIn(email);
    LoggedIn desk = people.loggedIn(email);

    Answer sessions = people.newcomer().as(desk.bearer()).get("/api/v1/sessions");

    assertThat(
            sessions
                .body()
                .path("data")
                .valueStream()
                .map(session -> session.path("id").asString()))
        .containsExactlyInAnyOrder(phone.sessionId().toString(), desk.sessionId().toString());
    assertThat(
            sessions
                .body()
                .path("data")
                .valueStream()
                .filter(session -> session.path("current").asBoolean())
                .map(session -> session.path("id").asString()))
        .containsExactly(desk.sessionId().toString());
    assertThat(sessions.body().path("data").path(0).path("place").asString()).startsWith("203.0.");
  }

  @Test
  void to_log_out_twice_is_fine_and_told_once() {
    LoggedIn person = people.somebody();
    ApiClient client = people.newcomer().as(person.bearer());

    List<Answer> answers = AtOnce.times(4, () -> client.delete("/api/v1/sessions/current"));

    assertThat(answers).extracting(Answer::status).containsOnly(204);
    assertThat(answers.getFirst().header("Set-Cookie"))
        .startsWith("cpd-session=;")
        .contains("Max-Age=0");
    events.await(SessionRevoked.class, event -> event.sessionId().equals(person.sessionId()));
    assertThat(events.all(SessionRevoked.class))
        .filteredOn(event -> event.sessionId().equals(person.sessionId()))
        .hasSize(1);
    people.exchange(person.token()).expect(401);
    assertThat(people.exchange(person.token()).code()).isEqualTo("session-invalid");
  }

  @Test
  void a_person_ends_one_session_or_all_others() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn phone = people.loggedIn(email);
    LoggedIn tablet = people.loggedIn(email);
    LoggedIn watch = people.loggedIn(email);
    LoggedIn desk = people.loggedIn(email);
    ApiClient client = people.newcomer().as(desk.bearer());

    JsonNode own = client.get("/api/v1/sessions/" + desk.sessionId()).expect(200).body();
    assertThat(own.path("current").asBoolean()).isTrue();
    client.get("/api/v1/sessions/" + phone.sessionId()).expect(200);
    client.delete("/api/v1/sessions/" + phone.sessionId()).expect(204);
    client.delete("/api/v1/sessions/" + phone.sessionId()).expect(204);
    client.get("/api/v1/sessions/" + phone.sessionId()).refused(404, "session-not-found");
    people.exchange(phone.token()).expect(401);
    people.exchange(tablet.token()).expect(200);

    client.delete("/api/v1/sessions?scope=others").expect(204);
    people.exchange(tablet.token()).expect(401);
    people.exchange(watch.token()).expect(401);
    people.exchange(desk.token()).expect(200);
    events.await(SessionRevoked.class, event -> event.sessionId().equals(watch.sessionId()));
  }

  @Test
  void a_person_logs_out_everywhere_and_an_administrator_logs_a_person_out() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    LoggedIn phone = people.loggedIn(email);
    LoggedIn desk = people.loggedIn(email);
    ApiClient admin =
        people
            .newcomer()
            .as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-admin"), Map.of()));
    String path = "/api/v1/accounts/" + accountId + "/sessions";

    assertThat(admin.get(path).expect(200).body().path("data").size()).isEqualTo(2);
    people.newcomer().as(desk.bearer()).get(path).refused(403, "role-missing");
    people.newcomer().as(desk.bearer()).delete(path).refused(403, "role-missing");
    people.newcomer().as(desk.bearer()).delete("/api/v1/sessions?scope=all").expect(204);
    people.exchange(phone.token()).expect(401);
    people.exchange(desk.token()).expect(401);

    LoggedIn again = people.loggedIn(email);
    admin.delete(path).expect(204);
    admin.delete(path).expect(204);
    people.exchange(again.token()).expect(401);
    events.await(SessionRevoked.class, event -> event.sessionId().equals(again.sessionId()));
    admin
        .delete("/api/v1/accounts/" + UUID.randomUUID() + "/sessions")
        .refused(404, "account-not-found");
  }

  @Test
  void somebody_elses_session_is_not_there() {
    LoggedIn owner = people.somebody();
    LoggedIn stranger = people.somebody();
    ApiClient client = people.newcomer().as(stranger.bearer());

    client.get("/api/v1/sessions/" + owner.sessionId()).refused(404, "session-not-found");
    Answer answer = client.delete("/api/v1/sessions/" + owner.sessionId());

    answer.refused(404, "session-not-found");
    people.exchange(owner.token()).expect(200);
    client.delete("/api/v1/sessions/" + UUID.randomUUID()).expect(404);
    client.delete("/api/v1/sessions/not-an-id").expect(400);
    client.delete("/api/v1/sessions?scope=some").expect(400);
    client.delete("/api/v1/sessions").expect(400);
    people.newcomer().get("/api/v1/sessions").expect(401);
  }

  @Test
  void a_session_ends_after_14_idle_days_and_after_30_days_whatever_happens() {
    LoggedIn idle = people.somebody();
    LoggedIn busy = people.somebody();

    clock.advance(Duration.ofDays(13));
    people.exchange(busy.token()).expect(200);
    clock.advance(Duration.ofDays(1));
    people.exchange(idle.token()).expect(401);
    people.exchange(busy.token()).expect(200);
    clock.advance(Duration.ofDays(12));
    people.exchange(busy.token()).expect(200);
    clock.advance(Duration.ofDays(4));
    people.exchange(busy.token()).expect(401);

    while (endExpiredSessions.handle() > 0) {
      // until nothing is left to end
    }
    events.await(SessionRevoked.class, event -> event.sessionId().equals(idle.sessionId()));
    events.await(SessionRevoked.class, event -> event.sessionId().equals(busy.sessionId()));
    clock.advance(RemoveEndedSessions.RETENTION.plusDays(1));
    while (removeEndedSessions.handle() > 0) {
      // until nothing is left to remove
    }
    assertThat(
            jdbc.sql("SELECT count(*) FROM session WHERE id = :id")
                .param("id", idle.sessionId())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void last_seen_is_written_once_a_minute() {
    LoggedIn person = people.somebody();
    Instant loggedInAt = clock.instant();

    clock.advance(Duration.ofSeconds(59));
    people.exchange(person.token());
    assertThat(lastSeen(person)).isEqualTo(loggedInAt);

    clock.advance(Duration.ofSeconds(2));
    people.exchange(person.token());
    assertThat(lastSeen(person)).isEqualTo(loggedInAt.plusSeconds(61));
  }

  private Instant lastSeen(LoggedIn person) {
    return jdbc.sql("SELECT last_seen_at FROM session WHERE id = :id")
        .param("id", person.sessionId())
        .query((row, _) -> row.getTimestamp("last_seen_at").toInstant())
        .single();
  }

  @Test
  void attempts_beyond_the_limit_are_refused_before_the_password_is_looked_at() {
    String email = people.newEmail();
    people.verified(email);
    ApiClient client = people.newcomer();

    List<Answer> answers = AtOnce.times(15, () -> people.logIn(client, email, "not the password"));

    assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(10);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 429)
        .hasSize(5)
        .allSatisfy(answer -> {
          assertThat(answer.code()).isEqualTo("too-many-requests");
          assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 900);
        });
    people.logIn(client, email, People.PASSWORD).expect(429);
    assertThat(people.logIn(email).status()).as("from elsewhere").isEqualTo(201);
    assertThat(
            jdbc.sql("SELECT outcome, count(*) AS n FROM login WHERE account_id = :id GROUP BY 1")
                .param("id", people.idOf(email))
                .query((row, _) -> Map.entry(row.getString("outcome"), row.getInt("n")))
                .list())
        .containsExactlyInAnyOrder(
            Map.entry("wrong-password", 10),
            Map.entry("too-many-attempts", 6),
            Map.entry("succeeded", 2)); // of which one is the sign-up's
    clock.advance(Duration.ofMinutes(15));
    people.logIn(client, email, People.PASSWORD).expect(201);
  }

  @Test
  void a_flood_of_refused_attempts_fills_no_table_and_is_counted() {
    String email = people.newEmail();
    people.verified(email);
    ApiClient client = people.newcomer();
    double before = guessesRefused();

    for (int i = 0; i < 150; i++) {
      people.logIn(client, email, "not the password");
    }

    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM login
                    WHERE account_id = :id AND outcome = 'too-many-attempts'
                    """)
                .param("id", people.idOf(email))
                .query(Integer.class)
                .single())
        .as("the first of 140")
        .isEqualTo(20);
    assertThat(guessesRefused() - before).isEqualTo(140);
    String colleague = people.newEmail();
    people.verified(colleague);
    people.logIn(client, colleague, People.PASSWORD).expect(201);
  }

  private double guessesRefused() {
    return meters.get("cpd.security.refusals").tag("code", "too-many-guesses").counter().count();
  }

  @Test
  void guesses_from_many_addresses_are_bounded_by_the_account_and_its_owner_is_told_and_gets_in() {
    String email = people.newEmail();
    people.verified(email);
    ApiClient home = people.newcomer();
    people.logIn(home, email, People.PASSWORD).expect(201);
    UUID accountId = people.idOf(email);

    guessTenTimes(email);
    setUsed("log-in-account", email, 90);
    guessTenTimes(email);

    Answer beyond = people.logIn(email, People.PASSWORD);
    beyond.refused(429, "too-many-requests");
    assertThat(Integer.parseInt(beyond.header("Retry-After"))).isBetween(80_000, 86_400);
    people.logIn(email).refused(429, "too-many-requests");
    LogInsRefused told =
        events.await(LogInsRefused.class, event -> event.accountId().equals(accountId));
    assertThat(told.until()).isAfter(clock.instant());
    people.logIn(home, email, "not the password").refused(401, "invalid-credentials");
    people.logIn(home, email, People.PASSWORD).expect(201);
    assertThat(events.all(LogInsRefused.class))
        .filteredOn(event -> event.accountId().equals(accountId))
        .hasSize(1);
    clock.advance(Duration.ofHours(24));
    people.logIn(email).expect(201);
  }

  @Test
  void guesses_at_an_address_without_an_account_are_answered_alike_and_nobody_is_told() {
    String email = people.newEmail();
    guessTenTimes(email);
    setUsed("log-in-account", email, 100);

    people.logIn(email).refused(429, "too-many-requests");
  }

  private void guessTenTimes(String email) {
    ApiClient bot = people.newcomer();
    for (int i = 0; i < 10; i++) {
      people.logIn(bot, email, "a guess").refused(401, "invalid-credentials");
    }
  }

  private void setUsed(String limit, String subject, int used) {
    assertThat(
            jdbc.sql(
                    """
                    UPDATE request_limit SET used = :used
                     WHERE limit_name = :limit AND subject_sha256 = :subject
                    """)
                .param("used", used)
                .param("limit", limit)
                .param("subject", Sha256.of(subject))
                .update())
        .isEqualTo(1);
  }

  @Test
  void successful_log_ins_to_one_account_are_bounded() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    setUsed("log-in-success", person.accountId().toString(), 100);

    people.logIn(email).refused(429, "too-many-requests");

    clock.advance(Duration.ofHours(1));
    people.logIn(email).expect(201);
    people.exchange(person.token()).expect(200);
  }

  @Test
  void a_success_forgives_the_failures_before_it() {
    String email = people.newEmail();
    people.verified(email);
    ApiClient client = people.newcomer();

    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 5; i++) {
        people.logIn(client, email, "not the password").expect(401);
      }
      people.logIn(client, email, People.PASSWORD).expect(201);
    }
  }

  @Test
  void a_session_is_not_opened_with_a_password_that_was_changed_meanwhile() {
    LoggedIn person = people.somebody();
    Sessions sessions = new Sessions(jdbc);
    Session session =
        Session.opened(
            UUID.randomUUID(),
            person.accountId(),
            new io.cpdevents.accounts.origin.RequestOrigin("203.0.113.9", "curl"),
            clock.instant());

    Sessions.Key key = new Sessions.Key(Sha256.of("a token"), "a hash that it had");

    assertThatThrownBy(() ->
            makeAttempt.handle(
                new Attempt(
                    LoginPurpose.LOG_IN,
                    LoginMethod.PASSWORD,
                    person.accountId(),
                    session.id(),
                    session.origin()),
                new Trial<>(
                    () -> new Checked.Passed<>(key),
                    (proof, checked) -> sessions.add(session, checked, proof))))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("invalid-credentials"));
  }

  @Test
  void a_log_in_ends_the_session_that_it_was_sent_with() {
    LoggedIn somebody = people.somebody();
    LoggedIn bystander = people.somebody();
    String email = people.newEmail();
    people.verified(email);
    ApiClient sentWith = people.newcomer().as(somebody.bearer());

    people.logIn(sentWith, email, "not the password").expect(401);
    people.exchange(somebody.token()).expect(200);
    people.logIn(sentWith, email, People.PASSWORD).expect(201);

    people.exchange(somebody.token()).refused(401, "session-invalid");
    people.exchange(bystander.token()).expect(200);
    events.await(SessionRevoked.class, event -> event.sessionId().equals(somebody.sessionId()));
  }

  @Test
  void a_person_has_fifty_sessions_and_the_one_used_least_ends() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn oldest = people.loggedIn(email);
    clock.advance(Duration.ofMinutes(2));
    jdbc.sql(
            """
            INSERT INTO session (id, account_id, token_sha256, device, ip_address,
                                 created_at, last_seen_at, expires_at)
            SELECT gen_random_uuid(), account_id, sha256((id || ' ' || n)::bytea), device, ip_address,
                   created_at, last_seen_at + interval '1 minute', expires_at
              FROM session, generate_series(1, :others) AS n
             WHERE id = :id
            """)
        .param("id", oldest.sessionId())
        .param("others", OpenSession.MAX_SESSIONS - 1)
        .update();
    people.exchange(oldest.token()).expect(200);
    clock.advance(Duration.ofMinutes(1));
    LoggedIn latest = people.loggedIn(email);

    assertThat(liveSessionsOf(latest.accountId())).isEqualTo(OpenSession.MAX_SESSIONS);
    people.exchange(latest.token()).expect(200);
    people.exchange(oldest.token()).expect(200);
    people.loggedIn(email);
    assertThat(liveSessionsOf(latest.accountId())).isEqualTo(OpenSession.MAX_SESSIONS);
  }

  private int liveSessionsOf(UUID accountId) {
    return jdbc.sql("SELECT count(*) FROM session WHERE account_id = :id AND ended_at IS NULL")
        .param("id", accountId)
        .query(Integer.class)
        .single();
  }

  @Test
  void somebody_with_a_role_on_the_platform_logs_in_every_day() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn before = people.loggedIn(email);
    transaction.executeWithoutResult(
        _ -> grantPlatformRole.handle(before.accountId(), PlatformRole.PLATFORM_SUPPORT));
    clock.advance(Duration.ofHours(1));
    LoggedIn after = people.loggedIn(email);

    clock.advance(Duration.ofHours(11).minusSeconds(1));
    people.exchange(before.token()).expect(200);
    clock.advance(Duration.ofSeconds(1));
    people.exchange(before.token()).refused(401, "session-invalid");
    people.exchange(after.token()).expect(200);
    clock.advance(Duration.ofHours(1));
    people.exchange(after.token()).refused(401, "session-invalid");
  }

  @Test
  void a_token_of_nobody_is_refused() {
    people.exchange("not-a-token").expect(401);
    people.newcomer().post("/internal/token-exchanges", Map.of("token", "x")).expect(401);
    assertThat(
            people
                .newcomer()
                .as(TestTokens.token().signedByAStranger().bearer())
                .get("/api/v1/me")
                .status())
        .isEqualTo(401);
  }
}
