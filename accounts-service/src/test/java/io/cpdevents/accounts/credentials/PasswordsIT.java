package io.cpdevents.accounts.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordChanged;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordResetRequested;
import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AccountsIntegrationTest
class PasswordsIT {

  private static final String NEW_PASSWORD = "another horse entirely";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired RemoveExpiredPasswordResets removeExpired;
  @Autowired RemoveFollowedLinks removeFollowed;

  @Test
  void who_forgot_the_password_follows_a_link_and_every_session_ends() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn phone = people.loggedIn(email);
    LoggedIn desk = people.loggedIn(email);
    String token = tokenAskedFor(email);

    Answer done = complete(token, NEW_PASSWORD);

    done.expect(204);
    assertThat(done.header("Set-Cookie")).as("nobody is logged in").isEmpty();
    people.exchange(phone.token()).refused(401, "session-invalid");
    people.exchange(desk.token()).refused(401, "session-invalid");
    events.await(SessionRevoked.class, event -> event.sessionId().equals(phone.sessionId()));
    events.await(SessionRevoked.class, event -> event.sessionId().equals(desk.sessionId()));
    events.await(PasswordChanged.class, event -> event.accountId().equals(phone.accountId()));
    people.logIn(email).refused(401, "invalid-credentials");
    people.logIn(email, NEW_PASSWORD).expect(201);
    complete(token, "a third password").refused(400, "token-invalid");
  }

  @Test
  void of_two_who_use_one_link_at_once_one_wins() {
    String email = people.newEmail();
    people.verified(email);
    String token = tokenAskedFor(email);

    List<Answer> answers = AtOnce.numbered(4, i -> complete(token, NEW_PASSWORD + " of " + i));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.code().equals("token-invalid")).hasSize(3);
  }

  @Test
  void who_repeats_a_reset_whose_answer_was_lost_gets_it_again_and_nothing_happens_twice() {
    String email = people.newEmail();
    people.verified(email);
    UUID accountId = people.idOf(email);
    String token = tokenAskedFor(email);

    List<Answer> answers = AtOnce.times(3, () -> complete(token, NEW_PASSWORD));

    assertThat(answers).allMatch(answer -> answer.status() == 204);
    LoggedIn desk = people.loggedIn(email, NEW_PASSWORD);
    String hash = passwordHash(accountId);
    complete(token, NEW_PASSWORD).expect(204);
    people.exchange(desk.token()).expect(200);
    assertThat(passwordHash(accountId)).isEqualTo(hash);
    people
        .newcomer()
        .post("/api/v1/me/email-changes/revert", Map.of("token", token))
        .refused(400, "token-invalid");
    people
        .newcomer()
        .post(
            "/api/v1/me/email-changes/confirmation",
            Map.of("token", token, "password", NEW_PASSWORD))
        .refused(400, "token-invalid");

    clock.advance(FollowedLinks.SAME_ANSWER_TIME);
    complete(token, NEW_PASSWORD).refused(400, "token-invalid");
    while (removeFollowed.handle() > 0) {
      // until nothing is left to remove
    }
    assertThat(
            jdbc.sql("SELECT count(*) FROM followed_link WHERE account_id = :id")
                .param("id", accountId)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void a_link_that_was_followed_sets_no_other_password_and_helps_nobody_to_guess() {
    String email = people.newEmail();
    people.verified(email);
    String token = tokenAskedFor(email);
    complete(token, NEW_PASSWORD).expect(204);
    ApiClient thief = people.newcomer();

    for (int i = 0; i < 10; i++) {
      complete(thief, token, "a guess of many words " + i).refused(400, "token-invalid");
    }

    complete(thief, token, NEW_PASSWORD).refused(429, "too-many-requests");
    people.logIn(email, NEW_PASSWORD).expect(201);
    people
        .newcomer()
        .as(people.loggedIn(email, NEW_PASSWORD).bearer())
        .put(
            "/api/v1/me/password",
            Map.of("oldPassword", NEW_PASSWORD, "newPassword", "a password of later"))
        .expect(204);
    complete(token, NEW_PASSWORD).refused(400, "token-invalid");
    people.logIn(email, "a password of later").expect(201);
  }

  @Test
  void a_link_counts_for_half_an_hour() {
    String email = people.newEmail();
    people.verified(email);
    String token = tokenAskedFor(email);

    clock.advance(Duration.ofMinutes(30));
    complete(token, NEW_PASSWORD).refused(400, "token-invalid");

    while (removeExpired.handle() > 0) {
      // until nothing is left to remove
    }
    assertThat(openResets(people.idOf(email))).isZero();
    people.logIn(email).expect(201);
  }

  @Test
  void a_mail_that_is_sent_again_after_the_key_was_changed_has_a_link_that_counts() {
    String email = people.newEmail();
    people.signUp(email);
    UUID mail = people.latestMailOf(email);
    String verification = people.tokenIn(mail);
    madeUnderAnotherKey("verification_mail", "account_id", people.idOf(email));
    people.verification(verification).refused(400, "token-invalid");
    assertThat(people.tokenIn(mail)).isEqualTo(verification);
    people.follow(verification);

    String reset = tokenAskedFor(email);
    madeUnderAnotherKey("password_reset", "owner_id", people.idOf(email));
    complete(reset, NEW_PASSWORD).refused(400, "token-invalid");
    people
        .internal()
        .get("/internal/password-resets/" + resetsOf(email).iterator().next())
        .expect(200);

    complete(reset, NEW_PASSWORD).expect(204);
  }

  private void madeUnderAnotherKey(String table, String account, UUID accountId) {
    jdbc.sql(
            "UPDATE %s SET token_sha256 = sha256(token_sha256) WHERE %s = :id"
                .formatted(table, account))
        .param("id", accountId)
        .update();
  }

  @Test
  void a_stranger_who_asks_for_links_ends_none_that_the_owner_has_asked_for() {
    String email = people.newEmail();
    people.verified(email);
    String owners = tokenAskedFor(email);
    String later = tokenAskedFor(email);
    for (int i = 0; i < 30; i++) {
      ask(email).expect(202);
    }

    complete(owners, NEW_PASSWORD).expect(204);

    assertThat(later).isNotEqualTo(owners);
    assertThat(openResets(people.idOf(email))).as("one use ends all").isZero();
    complete(later, "a third password").refused(400, "token-invalid");
    people.logIn(email, NEW_PASSWORD).expect(201);
  }

  @Test
  void of_two_links_that_are_used_at_once_one_counts() {
    String email = people.newEmail();
    people.verified(email);
    List<String> tokens = List.of(tokenAskedFor(email), tokenAskedFor(email));

    List<Answer> answers =
        AtOnce.numbered(2, i -> complete(tokens.get(i), NEW_PASSWORD + " of " + i));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.code().equals("token-invalid")).hasSize(1);
  }

  @Test
  void only_the_digest_of_the_token_is_stored() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);

    String token = tokenAskedFor(email);

    assertThat(token).hasSize(43);
    assertThat(
            jdbc.sql("SELECT token_sha256 FROM password_reset WHERE owner_id = :id")
                .param("id", accountId)
                .query((row, _) -> row.getBytes("token_sha256"))
                .single())
        .isEqualTo(Sha256.of(token));
    assertThat(
            jdbc.sql("SELECT r::text FROM password_reset r WHERE owner_id = :id")
                .param("id", accountId)
                .query(String.class)
                .single())
        .doesNotContain(token);
  }

  @Test
  void the_answer_is_the_same_for_every_address_and_only_a_verified_one_gets_a_mail() {
    String verified = people.newEmail();
    people.verified(verified);
    String unverified = people.newEmail();
    people.signUp(unverified).expect(202);

    List<Answer> answers =
        List.of(ask(verified), ask(unverified), ask(people.newEmail()), ask(people.newEmail()));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(Answer::plain).containsOnly("");
    events.await(
        PasswordResetRequested.class, event -> event.accountId().equals(people.idOf(verified)));
    assertThat(openResets(people.idOf(unverified))).isZero();
    assertThat(openResets(people.idOf(verified))).isOne();
  }

  @Test
  void a_password_that_cannot_be_chosen_does_not_use_the_link_up() {
    String email = people.newEmail();
    people.verified(email);
    String token = tokenAskedFor(email);

    Answer tooShort = complete(token, "short");
    Answer ofOwner = complete(token, "Ada Lovelace 12");

    tooShort.refused(400, "invalid-request");
    assertThat(tooShort.plain()).contains("newPassword", "wrong-length");
    ofOwner.refused(400, "invalid-request");
    assertThat(ofOwner.plain()).contains("newPassword", "too-easy");
    complete(token, NEW_PASSWORD).expect(204);
  }

  @Test
  void links_are_limited_by_address_and_network_and_the_owner_is_not_kept_from_one() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    ApiClient home = people.newcomer();
    people.logIn(home, email, People.PASSWORD).expect(201);
    ApiClient stranger = people.newcomer();

    List<Answer> answers = AtOnce.times(7, () -> ask(stranger, email));
    for (int i = 0; i < 15; i++) {
      ask(email).expect(202);
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(5);
    assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(2);
    assertThat(openResets(accountId)).isEqualTo(20);
    ask(email).expect(202);
    assertThat(openResets(accountId)).as("nothing more is sent to strangers").isEqualTo(20);
    ask(home, email).expect(202);
    assertThat(openResets(accountId)).isEqualTo(21);
    String unknown = people.newEmail();
    for (int i = 0; i < 21; i++) {
      ask(unknown).expect(202);
    }
  }

  @Test
  void a_person_who_knows_the_password_changes_it_and_stays_logged_in_here_alone() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn phone = people.loggedIn(email);
    LoggedIn desk = people.loggedIn(email);
    String token = tokenAskedFor(email);
    ApiClient client = people.newcomer().as(desk.bearer());

    change(client, "not the password", NEW_PASSWORD).refused(401, "invalid-credentials");
    change(client, People.PASSWORD, "Ada Lovelace 12").refused(400, "invalid-request");
    change(client, People.PASSWORD, NEW_PASSWORD).expect(204);

    people.exchange(desk.token()).expect(200);
    people.exchange(phone.token()).refused(401, "session-invalid");
    events.await(PasswordChanged.class, event -> event.accountId().equals(desk.accountId()));
    complete(token, "a third password").refused(400, "token-invalid");
    people.logIn(email).refused(401, "invalid-credentials");
    people.logIn(email, NEW_PASSWORD).expect(201);
  }

  @Test
  void of_two_who_change_a_password_at_once_one_wins() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn desk = people.loggedIn(email);
    ApiClient client = people.newcomer().as(desk.bearer());

    List<Answer> answers =
        AtOnce.numbered(3, i -> change(client, People.PASSWORD, NEW_PASSWORD + " of " + i));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(2);
  }

  @Test
  void every_attempt_is_recorded_with_what_it_was_for_and_made_with() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn desk = people.loggedIn(email);
    ApiClient client = people.newcomer().as(desk.bearer());
    change(client, "not the password", NEW_PASSWORD).expect(401);
    change(client, People.PASSWORD, NEW_PASSWORD).expect(204);
    complete(tokenAskedFor(email), "a third password").expect(204);

    Answer logins =
        people
            .newcomer()
            .as(people.loggedIn(email, "a third password").bearer())
            .get("/api/v1/logins");

    assertThat(
            logins
                .body()
                .path("data")
                .valueStream()
                .map(login ->
                    "%s by %s: %s"
                        .formatted(
                            login.path("purpose").asString(),
                            login.path("method").asString(),
                            login.path("reason").asString("succeeded"))))
        .containsExactly(
            "log-in by password: succeeded",
            "password-reset by reset-link: succeeded",
            "password-change by password: succeeded",
            "password-change by password: wrong-password",
            "log-in by password: succeeded",
            "email-verification by password: succeeded");
  }

  @Test
  void who_has_not_proved_lately_who_they_are_does_so_first() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn desk = people.loggedIn(email);
    ApiClient stolen =
        people
            .newcomer()
            .as(
                TestTokens.token()
                    .account(desk.accountId())
                    .session(desk.sessionId())
                    .proved(Instant.now().minusSeconds(301))
                    .bearer());

    change(stolen, People.PASSWORD, NEW_PASSWORD).refused(403, "step-up-required");
    stolen
        .post("/api/v1/sessions/current/step-up", Map.of("password", "not the password"))
        .refused(401, "invalid-credentials");
    Instant before = provedAt(desk.token());
    jdbc.sql("UPDATE session SET proved_at = proved_at - interval '1 hour' WHERE id = :id")
        .param("id", desk.sessionId())
        .update();
    assertThat(provedAt(desk.token())).isEqualTo(before.minus(Duration.ofHours(1)));
    stolen
        .post("/api/v1/sessions/current/step-up", Map.of("password", People.PASSWORD))
        .expect(204);

    events.await(SessionProved.class, event -> event.sessionId().equals(desk.sessionId()));
    assertThat(provedAt(desk.token())).isBetween(before, Instant.now());
    Answer logins = people.newcomer().as(desk.bearer()).get("/api/v1/logins?limit=2");
    assertThat(
            logins
                .body()
                .path("data")
                .valueStream()
                .map(login -> login.path("purpose").asString() + login.path("reason").asString("")))
        .containsExactly("step-up", "step-upwrong-password");
    assertThat(logins.body().at("/data/0/sessionId").asString())
        .isEqualTo(desk.sessionId().toString());
  }

  @Test
  void a_token_without_the_time_of_a_proof_is_not_enough() {
    LoggedIn desk = people.somebody();
    ApiClient client =
        people.newcomer().as(TestTokens.token().account(desk.accountId()).proved(null).bearer());

    change(client, People.PASSWORD, NEW_PASSWORD).refused(403, "step-up-required");
    client
        .post("/api/v1/sessions/current/step-up", Map.of("password", People.PASSWORD))
        .refused(401, "invalid-credentials");
  }

  /** What the token tells that the gateway gets. */
  private Instant provedAt(String token) {
    String claims = people.exchange(token).expect(200).text("accessToken").split("\\.")[1];
    JsonNode read = new JsonMapper().readTree(Base64.getUrlDecoder().decode(claims));
    return Instant.ofEpochSecond(read.path("auth_time").asLong());
  }

  private String tokenAskedFor(String email) {
    Set<UUID> before = resetsOf(email);
    ask(email).expect(202);
    Set<UUID> asked = new HashSet<>(resetsOf(email));
    asked.removeAll(before);
    assertThat(asked).hasSize(1);
    UUID requestId = asked.iterator().next();
    Answer content = people.internal().get("/internal/password-resets/" + requestId).expect(200);
    assertThat(content.text("email")).isEqualTo(email);
    String link = content.text("link");
    assertThat(link).startsWith(AccountsIntegrationTest.WEB_URL + "reset-password#token=");
    return link.substring(link.indexOf('=') + 1);
  }

  /** While a release is replaced, instances of the one before make links as well. */
  @Test
  void a_link_that_the_release_before_makes_counts_beside_those_of_this_one() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    String ours = tokenAskedFor(email);
    List<String> theirs = List.of("first of theirs", "second of theirs", "second of theirs");
    List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID());

    for (int i = 0; i < theirs.size(); i++) {
      int stored = asTheReleaseBefore(ids.get(Math.min(i, 1)), accountId, theirs.get(i));
      assertThat(stored).as("it comes once more").isEqualTo(i < 2 ? 1 : 0);
    }

    assertThat(openResets(accountId)).isEqualTo(3);
    assertThat(
            jdbc.sql("SELECT count(*) FROM password_reset WHERE account_id = :id")
                .param("id", accountId)
                .query(Integer.class)
                .single())
        .as("what the release before sees")
        .isEqualTo(1);
    complete(ours, NEW_PASSWORD).expect(204);
    assertThat(openResets(accountId)).isZero();
  }

  private int asTheReleaseBefore(UUID id, UUID accountId, String token) {
    return jdbc.sql(
            """
            INSERT INTO password_reset AS r (id, account_id, token_sha256, ip_address, device,
                                             requested_at, expires_at)
            VALUES (:id, :accountId, :tokenSha256, '203.0.113.9', 'a device', now(),
                    now() + interval '30 minutes')
            ON CONFLICT (account_id) DO UPDATE
               SET id = excluded.id, token_sha256 = excluded.token_sha256,
                   ip_address = excluded.ip_address, device = excluded.device,
                   requested_at = excluded.requested_at, expires_at = excluded.expires_at
             WHERE r.id <> excluded.id
            """)
        .param("id", id)
        .param("accountId", accountId)
        .param("tokenSha256", Sha256.of(token))
        .update();
  }

  private Set<UUID> resetsOf(String email) {
    return Set.copyOf(
        jdbc.sql("SELECT id FROM password_reset WHERE owner_id = :id")
            .param("id", people.idOf(email))
            .query((row, _) -> row.getObject("id", UUID.class))
            .list());
  }

  private int openResets(UUID accountId) {
    return jdbc.sql("SELECT count(*) FROM password_reset WHERE owner_id = :id")
        .param("id", accountId)
        .query(Integer.class)
        .single();
  }

  private Answer ask(String email) {
    return ask(people.newcomer(), email);
  }

  private static Answer ask(ApiClient from, String email) {
    return from.post("/api/v1/password-resets", Map.of("email", email));
  }

  private String passwordHash(UUID accountId) {
    return jdbc.sql("SELECT password_hash FROM account WHERE id = :id")
        .param("id", accountId)
        .query(String.class)
        .single();
  }

  private Answer complete(String token, String newPassword) {
    return complete(people.newcomer(), token, newPassword);
  }

  private static Answer complete(ApiClient client, String token, String newPassword) {
    return client.post(
        "/api/v1/password-resets/completion", Map.of("token", token, "newPassword", newPassword));
  }

  private static Answer change(ApiClient client, String oldPassword, String newPassword) {
    return client.put(
        "/api/v1/me/password", Map.of("oldPassword", oldPassword, "newPassword", newPassword));
  }
}
