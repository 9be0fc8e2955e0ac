package io.cpdevents.accounts.passkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.erasure.StartDueErasures;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.contracts.accounts.AccountEvent.PasskeyCopyRefused;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.driver.SoftwareAuthenticator;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AccountsIntegrationTest
class PasskeysIT {

  private static final String ORIGIN = "https://app.cpd.example";
  private static final String RP_ID = "app.cpd.example";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired Challenges challenges;
  @Autowired RemoveExpiredChallenges removeExpired;
  @Autowired StartDueErasures startDueErasures;
  @Autowired MutableClock clock;

  @Test
  void a_passkey_logs_in_without_address_and_password_and_is_a_factor() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    SoftwareAuthenticator phone = new SoftwareAuthenticator(ORIGIN);

    JsonNode options = creation(person);
    assertThat(options.path("rp").path("id").asString()).isEqualTo(RP_ID);
    assertThat(options.path("user").path("name").asString()).isEqualTo(email);
    assertThat(options.path("authenticatorSelection").path("userVerification").asString())
        .isEqualTo("required");
    Answer added = as(person).post("/api/v1/me/passkeys", made(phone, options, "My phone"));
    assertThat(added.expect(201).body().path("recoveryCodes")).hasSize(10);
    assertThat(creation(person).path("excludeCredentials").toString())
        .contains(phone.credentialId());
    assertThat(add(person, new SoftwareAuthenticator(ORIGIN)).body().path("recoveryCodes"))
        .isEmpty();

    assertThat(request().path("userVerification").asString()).isEqualTo("required");
    LoggedIn again = people.loggedIn(email, logIn(phone));

    assertThat(claims(again).has("auth_time")).isTrue();
    assertThat(again.accountId()).isEqualTo(person.accountId());
    List<JsonNode> passkeys =
        as(again).get("/api/v1/me/passkeys").expect(200).body().path("data").valueStream().toList();
    assertThat(passkeys)
        .filteredOn(one -> one.path("name").asString().equals("My phone"))
        .allMatch(one -> !one.path("lastUsedAt").isNull())
        .hasSize(1);
    assertThat(passkeys).filteredOn(one -> one.path("lastUsedAt").isNull()).hasSize(1);
    JsonNode latest = as(again).get("/api/v1/logins").body().path("data").path(0);
    assertThat(latest.path("method").asString()).isEqualTo("passkey");
    assertThat(latest.path("sessionId").asString()).isEqualTo(again.sessionId().toString());
    events.await(
        SecondFactorChanged.class,
        event ->
            event.accountId().equals(person.accountId())
                && event.change() == SecondFactorChange.PASSKEY_ADDED);
  }

  @Test
  void what_was_signed_counts_once() {
    SoftwareAuthenticator phone = registered(people.somebody());
    Map<String, String> signed = phone.signs(request().path("challenge").asString());

    List<Answer> answers = AtOnce.numbered(4, _ -> send(signed));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.code().equals("invalid-credentials"))
        .hasSize(3);
    send(signed).refused(401, "invalid-credentials");
    logIn(phone).expect(201);
  }

  @Test
  void another_page_cannot_have_a_passkey_signed_for_us_and_nobody_does_without_the_person() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);

    logIn(phone.at("https://app.cpd.example.evil.example")).refused(401, "invalid-credentials");
    logIn(phone.at("http://app.cpd.example")).refused(401, "invalid-credentials");
    logIn(phone.at("https://app.cpd.example:8443")).refused(401, "invalid-credentials");
    logIn(phone.at(ORIGIN).withoutVerification()).refused(401, "invalid-credentials");
    logIn(phone.withVerification()).expect(201);

    LoggedIn other = people.somebody();
    SoftwareAuthenticator bad = new SoftwareAuthenticator("https://evil.example");
    as(other)
        .post("/api/v1/me/passkeys", made(bad, creation(other), "Bad"))
        .refused(400, "passkey-refused");
    as(other)
        .post(
            "/api/v1/me/passkeys",
            made(bad.at(ORIGIN).withoutVerification(), creation(other), "Bad"))
        .refused(400, "passkey-refused");
    as(other)
        .post(
            "/api/v1/me/passkeys",
            bad.withVerification()
                .makes(
                    "Bad",
                    creation(other).path("challenge").asString(),
                    "evil.example",
                    creation(other).path("user").path("id").asString()))
        .refused(400, "passkey-refused");
    assertThat(factorsOf(other).path("passkeys").asInt()).isZero();
    assertThat(
            as(other)
                .get("/api/v1/logins")
                .expect(200)
                .body()
                .path("data")
                .valueStream()
                .filter(login -> login.path("outcome").asString().equals("passkey-refused"))
                .map(login -> login.path("purpose").asString()))
        .as("every attempt is recorded")
        .containsExactly("factor-change", "factor-change", "factor-change");
  }

  @Test
  void a_counter_that_goes_back_is_a_copy_and_is_refused() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);
    logIn(phone.countsFrom(10)).expect(201);

    Map<String, String> copied = phone.countsFrom(10).signs(request().path("challenge").asString());
    send(copied).refused(401, "invalid-credentials");
    send(copied).refused(401, "invalid-credentials");
    logIn(phone.countsFrom(3)).refused(401, "invalid-credentials");
    logIn(phone.countsFrom(0)).refused(401, "invalid-credentials");

    logIn(phone.countsFrom(11)).expect(201);
    events.await(PasskeyCopyRefused.class, event -> event.accountId().equals(person.accountId()));
    await("each time, and not what was sent again")
        .untilAsserted(() -> assertThat(audited(person, "passkey.copy-refused")).isEqualTo(3));
    assertThat(copiesToldTo(person)).as("once a day").isEqualTo(1);
  }

  @Test
  void an_old_signature_that_is_sent_again_is_refused_and_no_copy() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);
    Map<String, String> signed = phone.signs(request().path("challenge").asString());
    send(signed).expect(201);

    send(signed).refused(401, "invalid-credentials");
    logIn(phone).expect(201);

    await("all is told")
        .untilAsserted(() -> assertThat(audited(person, "session.opened")).isEqualTo(3));
    assertThat(audited(person, "passkey.copy-refused")).isZero();
    assertThat(copiesToldTo(person)).isZero();
  }

  @Test
  void a_device_without_a_counter_is_taken() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = new SoftwareAuthenticator(ORIGIN);
    add(person, phone);

    logIn(phone.countsFrom(0)).expect(201);
    logIn(phone.countsFrom(0)).expect(201);
  }

  @Test
  void nobody_logs_in_to_another_account_with_a_passkey_of_theirs() {
    LoggedIn victim = people.somebody();
    SoftwareAuthenticator victims = registered(victim);
    SoftwareAuthenticator eves = registered(people.somebody());
    String evesHandle = eves.userHandle();

    logIn(eves.saysItIsOf(victims.userHandle())).refused(401, "invalid-credentials");
    eves.saysItIsOf(evesHandle);
    Map<String, String> mixed =
        new HashMap<>(victims.signs(request().path("challenge").asString()));
    mixed.put("signature", eves.signs(request().path("challenge").asString()).get("signature"));
    send(mixed).refused(401, "invalid-credentials");
    logIn(eves).expect(201);
    logIn(new SoftwareAuthenticator(ORIGIN).saysItIsOf(evesHandle))
        .refused(401, "invalid-credentials");
  }

  @Test
  void a_passkey_belongs_to_one_account_and_is_added_once_in_the_session_that_asked() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    LoggedIn other = people.somebody();
    SoftwareAuthenticator phone = new SoftwareAuthenticator(ORIGIN);
    Map<String, String> body = made(phone, creation(person), "Phone");

    as(other).post("/api/v1/me/passkeys", body).refused(400, "passkey-refused");
    LoggedIn elsewhere = people.loggedIn(email);
    as(elsewhere).post("/api/v1/me/passkeys", body).refused(400, "passkey-refused");
    ApiClient once = as(person).with("Idempotency-Key", UUID.randomUUID().toString());
    once.post("/api/v1/me/passkeys", body).expect(201);
    once.post("/api/v1/me/passkeys", body).refused(400, "passkey-refused");
    as(other)
        .post("/api/v1/me/passkeys", made(phone, creation(other), "Phone"))
        .refused(400, "passkey-refused");

    assertThat(factorsOf(person).path("passkeys").asInt()).isEqualTo(1);
    assertThat(factorsOf(other).path("passkeys").asInt()).isZero();
  }

  @Test
  void only_challenges_of_ours_count_and_each_for_what_it_was_made_for() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);
    byte[] late = challenges.until(Instant.now().minusSeconds(1), null);
    byte[] stretched = late.clone();
    stretched[19] ^= 1;

    for (String challenge :
        List.of(
            base64Url(late),
            base64Url(stretched),
            base64Url(new byte[56]),
            base64Url(new byte[16]),
            creation(person).path("challenge").asString())) {
      send(phone.signs(challenge)).refused(401, "invalid-credentials");
    }
    SoftwareAuthenticator tablet = new SoftwareAuthenticator(ORIGIN);
    as(person)
        .post(
            "/api/v1/me/passkeys",
            tablet.makes(
                "Tablet", request().path("challenge").asString(), RP_ID, phone.userHandle()))
        .refused(400, "passkey-refused");
    send(Map.of(
            "credentialId", "***",
            "clientDataJson", "***",
            "authenticatorData", "***",
            "signature", "***",
            "userHandle", "***"))
        .refused(401, "invalid-credentials");
    Map<String, String> garbled = new HashMap<>(phone.signs(base64Url(late)));
    for (String field : List.of("clientDataJson", "authenticatorData", "signature")) {
      Map<String, String> body = new HashMap<>(garbled);
      body.put(field, "AAAA");
      send(body).refused(401, "invalid-credentials");
    }
    while (removeExpired.handle() > 0) {
      // until nothing is left to remove
    }
    logIn(phone).expect(201);
  }

  @Test
  void a_passkey_is_removed_with_a_fresh_proof_of_a_factor_and_by_its_owner_alone() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    SoftwareAuthenticator phone = new SoftwareAuthenticator(ORIGIN);
    String id = add(person, phone).text("id");
    LoggedIn byPassword = people.loggedIn(email);

    assertThat(claims(byPassword).has("auth_time")).isFalse();
    as(byPassword)
        .post("/api/v1/sessions/current/step-up", Map.of("password", People.PASSWORD))
        .refused(401, "totp-required");
    as(byPassword).delete("/api/v1/me/passkeys/" + id).refused(403, "step-up-required");
    as(byPassword).post("/api/v1/me/totp", Map.of()).refused(403, "step-up-required");
    LoggedIn other = people.somebody();
    registered(other);
    as(other).delete("/api/v1/me/passkeys/" + id).refused(404, "passkey-not-found");
    LoggedIn byPasskey = people.loggedIn(email, logIn(phone));
    as(byPasskey).delete("/api/v1/me/passkeys/" + id).expect(204);

    as(byPasskey).delete("/api/v1/me/passkeys/" + id).refused(404, "passkey-not-found");
    logIn(phone).refused(401, "invalid-credentials");
    assertThat(factorsOf(byPasskey).path("recoveryCodesLeft").asInt()).isZero();
    assertThat(claims(people.loggedIn(email)).has("auth_time")).isTrue();
  }

  @Test
  void whose_account_is_about_to_be_erased_does_not_get_in() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);
    as(person).delete("/api/v1/me").expect(202);
    logIn(phone).expect(201);
    clock.advance(Duration.ofDays(14).plusSeconds(1));
    while (startDueErasures.handle() > 0) {
      // until none is due
    }

    logIn(phone).refused(401, "invalid-credentials");
  }

  @Test
  void a_log_in_from_another_device_is_told() {
    LoggedIn person = people.somebody();
    SoftwareAuthenticator phone = registered(person);

    people
        .newcomer()
        .with("User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
        .post("/api/v1/sessions/passkey", phone.signs(request().path("challenge").asString()))
        .expect(201);

    events.await(NewDeviceSeen.class, event -> event.accountId().equals(person.accountId()));
  }

  @Test
  void who_has_a_role_that_asks_for_a_factor_sets_a_passkey_up_and_has_it_then() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn owner = people.loggedIn(email);
    String organization =
        as(owner).post("/api/v1/organizations", Map.of("name", "Keys")).expect(201).text("id");
    as(owner)
        .patch("/api/v1/organizations/" + organization, Map.of("factorRequired", true))
        .expect(200);
    assertThat(claims(owner).has("nofactor")).isTrue();

    SoftwareAuthenticator phone = registered(owner);

    assertThat(claims(owner).has("nofactor")).isFalse();
    assertThat(claims(people.loggedIn(email)).has("nofactor")).isTrue();
    assertThat(claims(people.loggedIn(email, logIn(phone))).has("nofactor")).isFalse();
  }

  @Test
  void an_account_has_a_limited_number() {
    LoggedIn person = people.somebody();
    add(person, new SoftwareAuthenticator(ORIGIN));
    // All but one, and with them the account's count.
    jdbc.sql("UPDATE account SET factors = :factors WHERE id = :accountId")
        .param("factors", AddPasskey.MAX_PASSKEYS - 1)
        .param("accountId", person.accountId())
        .update();
    for (int more = 1; more < AddPasskey.MAX_PASSKEYS - 1; more++) {
      jdbc.sql(
              """
              INSERT INTO passkey (id, account_id, credential_id, public_key_cose, sign_count, name,
                                   made_at)
              SELECT :id, account_id, CAST(:credentialId AS bytea), public_key_cose, 0, 'Another',
                     made_at
                FROM passkey WHERE account_id = :accountId LIMIT 1
              """)
          .param("id", UUID.randomUUID())
          .param("credentialId", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8))
          .param("accountId", person.accountId())
          .update();
    }

    List<JsonNode> options = Stream.generate(() -> creation(person)).limit(3).toList();
    List<Answer> answers =
        AtOnce.numbered(
            3,
            i ->
                as(person)
                    .post(
                        "/api/v1/me/passkeys",
                        made(new SoftwareAuthenticator(ORIGIN), options.get(i), "The last one")));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.code().equals("passkey-limit-reached"))
        .hasSize(2);
  }

  private long audited(LoggedIn person, String action) {
    return events.all(AuditEntryRecorded.class).stream()
        .filter(entry -> entry.action().equals(action))
        .filter(entry -> entry.subjectId().equals(person.accountId().toString()))
        .count();
  }

  private long copiesToldTo(LoggedIn person) {
    return events.all(PasskeyCopyRefused.class).stream()
        .filter(event -> event.accountId().equals(person.accountId()))
        .count();
  }

  private SoftwareAuthenticator registered(LoggedIn person) {
    SoftwareAuthenticator device = new SoftwareAuthenticator(ORIGIN).countsFrom(1);
    add(person, device);
    return device;
  }

  private Answer add(LoggedIn person, SoftwareAuthenticator device) {
    return as(person)
        .post("/api/v1/me/passkeys", made(device, creation(person), "Another"))
        .expect(201);
  }

  private JsonNode creation(LoggedIn person) {
    return as(person).post("/api/v1/me/passkeys/options").expect(200).body();
  }

  private JsonNode request() {
    return people.newcomer().post("/api/v1/sessions/passkey/options").expect(200).body();
  }

  private static Map<String, String> made(
      SoftwareAuthenticator device, JsonNode options, String name) {
    return device.makes(
        name,
        options.path("challenge").asString(),
        options.path("rp").path("id").asString(),
        options.path("user").path("id").asString());
  }

  private Answer logIn(SoftwareAuthenticator device) {
    return send(device.signs(request().path("challenge").asString()));
  }

  private Answer send(Map<String, String> signed) {
    return people.newcomer().post("/api/v1/sessions/passkey", signed);
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  private JsonNode factorsOf(LoggedIn person) {
    return as(person).get("/api/v1/me/factors").expect(200).body();
  }

  private JsonNode claims(LoggedIn person) {
    String token = people.exchange(person.token()).expect(200).text("accessToken");
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
