package io.cpdevents.accounts.factors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.accounts.AccountEvent.AddedFactorsRemoved;
import io.cpdevents.driver.SoftwareAuthenticator;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What somebody adds who has somebody else's account. */
@AccountsIntegrationTest
class AddedFactorsIT {

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;

  @Test
  void who_takes_an_address_back_loses_what_a_thief_has_added_and_nothing_else() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    SoftwareAuthenticator owners = passkeyOf(person);
    clock.advance(Duration.ofDays(2));
    SoftwareAuthenticator before = passkeyOf(person);
    clock.advance(Duration.ofHours(23));
    change(person);
    SoftwareAuthenticator after = passkeyOf(person);
    App.setUpBy(people, person);

    revert(person, email).expect(204);

    logIn(before).refused(401, "invalid-credentials");
    logIn(after).refused(401, "invalid-credentials");
    LoggedIn back = people.loggedIn(email, logIn(owners));
    JsonNode factors = as(back).get("/api/v1/me/factors").expect(200).body();
    assertThat(factors.path("passkeys").asInt()).isEqualTo(1);
    assertThat(factors.path("totp").asBoolean()).isFalse();
    assertThat(factors.path("recoveryCodesLeft").asInt())
        .as("the app came with others, which are the thief's")
        .isZero();
    assertThat(countOf(person)).isEqualTo(1);
    events.await(AddedFactorsRemoved.class, event -> event.accountId().equals(person.accountId()));
    as(back).post("/api/v1/me/recovery-codes").expect(200);
  }

  @Test
  void who_had_no_factor_needs_none_afterwards() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    change(person);
    List<String> codes = App.setUpBy(people, person).recoveryCodes();
    as(person).post("/api/v1/me/totp", Map.of()).refused(409, "totp-already-set-up");

    revert(person, email).expect(204);

    assertThat(countOf(person)).isZero();
    assertThat(
            jdbc.sql("SELECT count(*) FROM recovery_code WHERE account_id = :id")
                .param("id", person.accountId())
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(codes).hasSize(10);
  }

  @Test
  void keys_and_invitations_of_the_thief_end_and_earlier_ones_do_not() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    String organization =
        "/api/v1/organizations/"
            + as(person).post("/api/v1/organizations", Map.of("name", "Ours")).expect(201).id();
    String owners = keyOf(person, organization);
    UUID wanted = invited(person, organization);
    clock.advance(Duration.ofDays(2));
    change(person);
    String thiefs = keyOf(person, organization);
    UUID friend = invited(person, organization);

    revert(person, email).expect(204);

    people.exchange(owners).expect(200);
    people.exchange(thiefs).refused(401, "session-invalid");
    assertThat(
            jdbc.sql("SELECT id FROM invitation WHERE invited_by = :id")
                .param("id", person.accountId())
                .query(UUID.class)
                .list())
        .containsExactly(wanted)
        .doesNotContain(friend);
  }

  private String keyOf(LoggedIn person, String organization) {
    return as(person)
        .post(organization + "/api-keys", Map.of("name", "A key", "role", "staff"))
        .expect(201)
        .text("key");
  }

  private UUID invited(LoggedIn person, String organization) {
    return as(person)
        .post(organization + "/members", Map.of("email", people.newEmail(), "role", "staff"))
        .expect(202)
        .id();
  }

  @Test
  void an_app_that_was_begun_and_not_confirmed_goes_too_and_nothing_is_told() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    change(person);
    as(person).post("/api/v1/me/totp", Map.of()).expect(201);

    revert(person, email).expect(204);

    assertThat(
            jdbc.sql("SELECT count(*) FROM totp WHERE account_id = :id")
                .param("id", person.accountId())
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(events.all(AddedFactorsRemoved.class))
        .noneMatch(event -> event.accountId().equals(person.accountId()));
  }

  @Test
  void what_a_thief_has_begun_by_the_password_is_not_finished_beside_the_owners_factor() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn owner = people.loggedIn(email);
    LoggedIn thief = people.loggedIn(email);
    App thiefs = App.of(as(thief).post("/api/v1/me/totp", Map.of()).expect(201));
    JsonNode options = options(thief);
    SoftwareAuthenticator owners = passkeyOf(owner);

    as(thief)
        .post("/api/v1/me/totp/confirmation", Map.of("totpCode", thiefs.nextCode()))
        .refused(403, "step-up-required");
    as(thief).post("/api/v1/me/passkeys", made(device(), options)).refused(403, "step-up-required");

    JsonNode factors = as(owner).get("/api/v1/me/factors").expect(200).body();
    assertThat(factors.path("totp").asBoolean()).isFalse();
    assertThat(factors.path("passkeys").asInt()).isEqualTo(1);
    assertThat(factors.path("recoveryCodesLeft").asInt()).isEqualTo(10);
    logIn(owners).expect(201);
  }

  private SoftwareAuthenticator passkeyOf(LoggedIn person) {
    SoftwareAuthenticator device = device();
    as(person).post("/api/v1/me/passkeys", made(device, options(person))).expect(201);
    return device;
  }

  private static SoftwareAuthenticator device() {
    return new SoftwareAuthenticator("https://app.cpd.example").countsFrom(1);
  }

  private JsonNode options(LoggedIn person) {
    return as(person).post("/api/v1/me/passkeys/options").expect(200).body();
  }

  private static Map<String, String> made(SoftwareAuthenticator device, JsonNode options) {
    return device.makes(
        "A key",
        options.path("challenge").asString(),
        options.path("rp").path("id").asString(),
        options.path("user").path("id").asString());
  }

  private Answer logIn(SoftwareAuthenticator device) {
    String challenge =
        people.newcomer().post("/api/v1/sessions/passkey/options").expect(200).text("challenge");
    return people.newcomer().post("/api/v1/sessions/passkey", device.signs(challenge));
  }

  private void change(LoggedIn person) {
    as(person).post("/api/v1/me/email-changes", Map.of("newEmail", people.newEmail())).expect(202);
    String link = linkOf("email-changes", idIn("email_change", person));
    people
        .newcomer()
        .post(
            "/api/v1/me/email-changes/confirmation",
            Map.of("token", link.substring(link.indexOf('=') + 1), "password", People.PASSWORD))
        .expect(204);
  }

  private Answer revert(LoggedIn person, String oldEmail) {
    String link = linkOf("email-reverts", idIn("email_revert", person));
    Answer answer =
        people
            .newcomer()
            .post(
                "/api/v1/me/email-changes/revert",
                Map.of("token", link.substring(link.indexOf('=') + 1)));
    assertThat(people.idOf(oldEmail)).isEqualTo(person.accountId());
    return answer;
  }

  private String linkOf(String kind, UUID id) {
    return people.internal().get("/internal/" + kind + "/" + id).expect(200).text("link");
  }

  private UUID idIn(String table, LoggedIn person) {
    return jdbc.sql("SELECT id FROM " + table + " WHERE account_id = :id")
        .param("id", person.accountId())
        .query(UUID.class)
        .single();
  }

  private int countOf(LoggedIn person) {
    return jdbc.sql("SELECT factors FROM account WHERE id = :id")
        .param("id", person.accountId())
        .query(Integer.class)
        .single();
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }
}
