package io.cpdevents.accounts.factors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.accounts.secrets.TokenKey;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.accounts.SessionEvent.SessionProved;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AccountsIntegrationTest
class SecondFactorsIT {

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired Totps totps;
  @Autowired RemoveUnconfirmedTotps removeUnconfirmed;

  @Test
  void a_log_in_asks_for_a_code_of_the_app_and_takes_each_once() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App app = App.setUpBy(people, person).app();

    people.logIn(email).refused(401, "totp-required");
    people.logIn(email, "not the password").refused(401, "invalid-credentials");
    people.logInWith("totpCode", app.wrongCode(), email).refused(401, "invalid-credentials");
    String code = app.nextCode();
    people.logInWith("totpCode", code, email).expect(201);
    people.logInWith("totpCode", code, email).refused(401, "invalid-credentials");
    people.logInWith("totpCode", app.nextCode(), email).expect(201);

    assertTold(person.accountId(), SecondFactorChange.TOTP_ADDED);
    JsonNode logins = as(person).get("/api/v1/logins").expect(200).body().path("data");
    assertThat(
            logins
                .valueStream()
                .map(one ->
                    one.path("purpose").asString()
                        + " "
                        + one.path("method").asString()
                        + " "
                        + one.path("outcome").asString()))
        .startsWith(
            "log-in totp succeeded",
            "log-in totp wrong-code",
            "log-in totp succeeded",
            "log-in totp wrong-code",
            "log-in password wrong-password",
            "log-in password totp-required",
            "factor-change totp succeeded");
  }

  @Test
  void who_does_not_know_the_password_sees_no_factor() {
    String email = people.newEmail();
    people.verified(email);
    App app = App.setUpBy(people, people.loggedIn(email)).app();

    Answer wrong = people.logIn(email, "not the password");
    ApiClient from = people.newcomer();
    Answer wrongWithCode =
        from.post(
            "/api/v1/sessions",
            Map.of("email", email, "password", "not the password", "totpCode", app.nextCode()));

    wrong.refused(401, "invalid-credentials");
    wrongWithCode.refused(401, "invalid-credentials");
    people.logInWith("totpCode", "123456", people.newEmail()).refused(401, "invalid-credentials");
  }

  @Test
  void of_two_who_send_one_code_at_once_one_gets_in() {
    String email = people.newEmail();
    people.verified(email);
    App.SetUp setUp = App.setUpBy(people, people.loggedIn(email));
    String code = setUp.app().nextCode();
    String recoveryCode = setUp.recoveryCodes().getFirst();

    List<Answer> byApp = AtOnce.numbered(4, _ -> people.logInWith("totpCode", code, email));
    List<Answer> byPaper =
        AtOnce.numbered(4, _ -> people.logInWith("recoveryCode", recoveryCode, email));

    assertThat(byApp).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(byPaper).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(byPaper)
        .filteredOn(answer -> answer.code().equals("invalid-credentials"))
        .hasSize(3);
  }

  @Test
  void the_secret_is_stored_sealed_and_recovery_codes_as_digests() {
    LoggedIn person = people.somebody();
    App.SetUp setUp = App.setUpBy(people, person);

    byte[] sealed =
        jdbc.sql("SELECT secret_sealed FROM totp WHERE account_id = :id")
            .param("id", person.accountId())
            .query((row, _) -> row.getBytes("secret_sealed"))
            .single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(setUp.app().secret(), StandardCharsets.ISO_8859_1));
    List<byte[]> digests =
        jdbc.sql("SELECT code_sha256 FROM recovery_code WHERE account_id = :id")
            .param("id", person.accountId())
            .query((row, _) -> row.getBytes("code_sha256"))
            .list();
    assertThat(digests)
        .hasSize(10)
        .anyMatch(digest ->
            Arrays.equals(digest, Sha256.of(setUp.recoveryCodes().getFirst().replace("-", ""))));
  }

  @Test
  void a_recovery_code_counts_once_and_renewed_ones_replace_all() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    List<String> codes = App.setUpBy(people, person).recoveryCodes();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();

    people.logInWith("recoveryCode", codes.get(0).toUpperCase(Locale.ROOT), email).expect(201);
    people.logInWith("recoveryCode", codes.get(0), email).refused(401, "invalid-credentials");
    LoggedIn back =
        people.loggedIn(
            email, people.logInWith("recoveryCode", codes.get(1).replace("-", " "), email));
    assertThat(factorsOf(back).path("recoveryCodesLeft").asInt()).isEqualTo(8);
    List<String> renewed =
        as(back)
            .post("/api/v1/me/recovery-codes")
            .expect(200)
            .body()
            .path("recoveryCodes")
            .valueStream()
            .map(code -> code.asString())
            .toList();

    Set<String> all = new HashSet<>(codes);
    all.addAll(renewed);
    assertThat(all).hasSize(20);
    people.logInWith("recoveryCode", codes.get(2), email).refused(401, "invalid-credentials");
    people.logInWith("recoveryCode", renewed.get(0), email).expect(201);
    assertTold(
        person.accountId(),
        SecondFactorChange.TOTP_ADDED,
        SecondFactorChange.RECOVERY_CODE_USED,
        SecondFactorChange.RECOVERY_CODE_USED,
        SecondFactorChange.RECOVERY_CODES_RENEWED,
        SecondFactorChange.RECOVERY_CODE_USED);
  }

  @Test
  void changing_a_factor_needs_a_fresh_one_and_the_password_is_not_enough() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn stolen = people.loggedIn(email);
    LoggedIn owner = people.loggedIn(email);
    App app = App.setUpBy(people, owner).app();

    as(stolen).delete("/api/v1/me/totp").refused(403, "step-up-required");
    as(stolen).post("/api/v1/me/recovery-codes").refused(403, "step-up-required");
    as(stolen).post("/api/v1/me/totp", Map.of()).refused(403, "step-up-required");
    assertThat(claims(stolen).has("auth_time")).as("the proof by the password").isFalse();
    stepUp(stolen, "password", People.PASSWORD).refused(401, "totp-required");
    stepUp(stolen, "totpCode", app.wrongCode()).refused(401, "invalid-credentials");
    as(stolen).delete("/api/v1/me/totp").refused(403, "step-up-required");
    people.newcomer().as(old(owner)).delete("/api/v1/me/totp").refused(403, "step-up-required");
    as(owner).post("/api/v1/me/totp", Map.of()).refused(409, "totp-already-set-up");

    stepUp(stolen, "totpCode", app.nextCode()).expect(204);
    events.await(SessionProved.class, event -> event.sessionId().equals(stolen.sessionId()));
    assertThat(claims(stolen).has("auth_time")).isTrue();
    as(stolen).delete("/api/v1/me/totp").expect(204);

    as(stolen).delete("/api/v1/me/totp").refused(404, "totp-not-found");
    people.logIn(email).expect(201);
    assertThat(factorsOf(owner).path("totp").asBoolean(true)).isFalse();
    assertThat(factorsOf(owner).path("recoveryCodesLeft").asInt()).isZero();
    as(stolen).post("/api/v1/me/recovery-codes").refused(404, "factor-not-found");
    assertTold(owner.accountId(), SecondFactorChange.TOTP_ADDED, SecondFactorChange.TOTP_REMOVED);
  }

  @Test
  void a_password_reset_takes_no_factor_away() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    App app = App.setUpBy(people, people.loggedIn(email)).app();
    people.newcomer().post("/api/v1/password-resets", Map.of("email", email)).expect(202);
    UUID requestId =
        jdbc.sql("SELECT id FROM password_reset WHERE owner_id = :id")
            .param("id", accountId)
            .query(UUID.class)
            .single();
    String link =
        people.internal().get("/internal/password-resets/" + requestId).expect(200).text("link");
    String newPassword = "another horse entirely";
    people
        .newcomer()
        .post(
            "/api/v1/password-resets/completion",
            Map.of("token", link.substring(link.indexOf('=') + 1), "newPassword", newPassword))
        .expect(204);

    people.logIn(email, newPassword).refused(401, "totp-required");
    people
        .newcomer()
        .post(
            "/api/v1/sessions",
            Map.of("email", email, "password", newPassword, "totpCode", app.nextCode()))
        .expect(201);
  }

  @Test
  void guesses_at_codes_are_bounded_and_a_recovery_code_still_works() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App.SetUp setUp = App.setUpBy(people, person);
    for (int guess = 0; guess < 30; guess++) {
      stepUp(person, "totpCode", setUp.app().wrongCode()).refused(401, "invalid-credentials");
    }

    String code = setUp.app().nextCode();
    stepUp(person, "totpCode", code).refused(429, "too-many-requests");
    people.logInWith("totpCode", code, email).refused(429, "too-many-requests");
    people.logInWith("recoveryCode", setUp.recoveryCodes().getFirst(), email).expect(201);

    assertTold(
        person.accountId(),
        SecondFactorChange.TOTP_ADDED,
        SecondFactorChange.TOTP_LOCKED,
        SecondFactorChange.RECOVERY_CODE_USED);
    clock.advance(Duration.ofDays(1));
    people.logInWith("totpCode", code, email).expect(201);
  }

  @Test
  void what_is_not_confirmed_in_time_does_not_count_and_is_removed() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App first = App.of(as(person).post("/api/v1/me/totp", Map.of()).expect(201));
    App second = App.of(as(person).post("/api/v1/me/totp", Map.of()).expect(201));

    people.logIn(email).expect(201);
    confirm(person, first.nextCode()).refused(401, "invalid-credentials");
    clock.advance(Duration.ofMinutes(15));
    confirm(person, second.nextCode()).refused(404, "totp-not-found");
    while (removeUnconfirmed.handle() > 0) {
      // until nothing is left to remove
    }

    assertThat(
            jdbc.sql("SELECT count(*) FROM totp WHERE account_id = :id")
                .param("id", person.accountId())
                .query(Integer.class)
                .single())
        .isZero();
    confirm(person, "12345").refused(400, "invalid-request");
  }

  @Test
  void a_role_on_the_platform_asks_for_a_factor_before_it_counts() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    jdbc.sql("INSERT INTO platform_role VALUES (:id, 'platform-support', now())")
        .param("id", accountId)
        .update();
    LoggedIn person = people.loggedIn(email);

    assertThat(claims(person).path("nofactor").asBoolean(false)).isTrue();
    assertThat(claims(person).has("roles")).isFalse();
    assertThat(factorsOf(person).path("required").asBoolean(false)).isTrue();
    App app = App.setUpBy(people, person).app();

    assertThat(claims(person).has("nofactor")).isFalse();
    assertThat(claims(person).path("roles").toString()).contains("platform-support");
    LoggedIn later = people.loggedIn(email, people.logInWith("totpCode", app.nextCode(), email));
    assertThat(claims(later).path("roles").toString()).contains("platform-support");

    as(person).delete("/api/v1/me/totp").expect(204);

    assertThat(claims(person).path("nofactor").asBoolean(false))
        .as("who has removed it has none")
        .isTrue();
    assertThat(claims(later).has("roles")).isFalse();
    events.await(RolesChanged.class, event -> event.accountId().equals(person.accountId()));
  }

  @Test
  void a_session_that_lacks_the_factor_may_only_set_one_up() {
    LoggedIn person = people.somebody();
    ApiClient limited =
        people
            .newcomer()
            .as(
                TestTokens.token()
                    .account(person.accountId())
                    .session(person.sessionId())
                    .lacksFactor()
                    .bearer());

    limited.get("/api/v1/me").expect(200);
    limited.get("/api/v1/sessions").expect(200);
    limited.get("/api/v1/me/factors").expect(200);
    limited.post("/api/v1/organizations", Map.of("name", "Circle")).refused(403, "factor-required");
    limited.get("/api/v1/audit-log").refused(403, "factor-required");
    limited.patch("/api/v1/me", Map.of("name", "Eve")).refused(403, "factor-required");
    limited.delete("/api/v1/me/totp").refused(403, "factor-required");
    limited.post("/api/v1/me/totp", Map.of()).expect(201);
  }

  @Test
  void an_organization_asks_its_owners_admins_and_finance_for_a_factor_and_not_its_staff() {
    LoggedIn owner = people.somebody();
    LoggedIn admin = people.somebody();
    LoggedIn staff = people.somebody();
    String organization =
        as(owner).post("/api/v1/organizations", Map.of("name", "Circle")).expect(201).text("id");
    join(organization, admin, "admin");
    join(organization, staff, "staff");
    String path = "/api/v1/organizations/" + organization;
    Map<String, Object> decision = Map.of("factorRequired", true);

    as(admin).patch(path, decision).refused(403, "role-missing");
    people.newcomer().as(old(owner)).patch(path, decision).refused(403, "step-up-required");
    assertThat(claims(admin).path("orgs").toString()).contains(organization);
    Answer decided = as(owner).patch(path, decision).expect(200);

    assertThat(decided.body().path("factorRequired").asBoolean(false)).isTrue();
    assertThat(decided.text("name")).isEqualTo("Circle");
    events.await(RolesChanged.class, event -> event.accountId().equals(admin.accountId()));
    assertThat(claims(owner).path("nofactor").asBoolean(false)).isTrue();
    assertThat(claims(admin).path("nofactor").asBoolean(false)).isTrue();
    assertThat(claims(admin).has("orgs")).isFalse();
    assertThat(claims(staff).has("nofactor")).isFalse();
    App.setUpBy(people, admin);
    assertThat(claims(admin).path("orgs").toString()).contains(organization);
    App.setUpBy(people, owner);
    as(owner).patch(path, Map.of("name", "Round")).expect(200);
    as(owner).patch(path, Collections.singletonMap("factorRequired", null)).expect(200);
    assertThat(as(owner).get(path).body().path("factorRequired").asBoolean(true)).isFalse();
  }

  @Test
  void secrets_are_sealed_anew_after_a_change_of_the_key() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App app = App.setUpBy(people, person).app();
    TokenKey present = new TokenKey(AccountsIntegrationTest.TOKEN_KEY);
    TokenKey next = new TokenKey("the-key-of-next-year-which-is-long-enough");
    String before = keyIdOf(person);

    reseal(new SealingKeys(next, List.of(present.tokenKey())));
    assertThat(keyIdOf(person)).isNotEqualTo(before);
    reseal(new SealingKeys(present, List.of(next.tokenKey())));

    assertThat(keyIdOf(person)).isEqualTo(before);
    people.logInWith("totpCode", app.nextCode(), email).expect(201);
  }

  private void reseal(SealingKeys keys) {
    ResealTotps reseal = new ResealTotps(totps, keys);
    while (Boolean.TRUE.equals(transaction.execute(_ -> reseal.handle() > 0))) {
      // until nothing is left to seal
    }
  }

  private String keyIdOf(LoggedIn person) {
    return jdbc.sql("SELECT key_id FROM totp WHERE account_id = :id")
        .param("id", person.accountId())
        .query(String.class)
        .single();
  }

  private void join(String organization, LoggedIn person, String role) {
    jdbc.sql("INSERT INTO organization_member VALUES (:organization, :account, :role, now())")
        .param("organization", UUID.fromString(organization))
        .param("account", person.accountId())
        .param("role", role)
        .update();
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  /** A token of a session whose person has proved nothing for a while. */
  private static String old(LoggedIn person) {
    return TestTokens.token()
        .account(person.accountId())
        .session(person.sessionId())
        .proved(Instant.now().minus(Duration.ofMinutes(6)))
        .bearer();
  }

  private Answer stepUp(LoggedIn person, String field, String typed) {
    return as(person).post("/api/v1/sessions/current/step-up", Map.of(field, typed));
  }

  private Answer confirm(LoggedIn person, String code) {
    return as(person).post("/api/v1/me/totp/confirmation", Map.of("totpCode", code));
  }

  private JsonNode factorsOf(LoggedIn person) {
    return as(person).get("/api/v1/me/factors").expect(200).body();
  }

  /** What services are told of the session. */
  private JsonNode claims(LoggedIn person) {
    String token = people.exchange(person.token()).expect(200).text("accessToken");
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  private void assertTold(UUID accountId, SecondFactorChange... expected) {
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(
                    events.all(SecondFactorChanged.class).stream()
                        .filter(event -> event.accountId().equals(accountId))
                        .map(SecondFactorChanged::change))
                .containsExactly(expected));
  }
}
