package io.cpdevents.accounts.factors;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.accounts.AccountEvent.FactorRemovalAnnounced;
import io.cpdevents.contracts.accounts.AccountEvent.LostFactorsRemoved;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator's way for who has lost all second factors. */
@AccountsIntegrationTest
class LostFactorsIT {

  private static final Map<String, String> WHY = Map.of("reason", "Called back, case 4711.");

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired RemoveLostFactors removeLostFactors;

  @Test
  void after_a_day_without_a_use_the_factors_are_gone_and_the_password_is_enough() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App.setUpBy(people, person);

    Answer asked = admin().post(pathOf(person), WHY).expect(201);
    Answer again = admin().post(pathOf(person), WHY).expect(201);
    assertThat(again.text("id")).as("the one that waits").isEqualTo(asked.text("id"));
    FactorRemovalAnnounced told =
        events.await(
            FactorRemovalAnnounced.class, event -> event.accountId().equals(person.accountId()));
    clock.advance(AnnounceFactorRemoval.WAITING_TIME.minusSeconds(60));
    removeDue();
    people.logIn(email).refused(401, "totp-required");
    clock.advance(Duration.ofSeconds(60));
    AtOnce.numbered(2, _ -> removeLostFactors.handle());
    removeDue();

    LoggedIn back = people.loggedIn(email);
    assertThat(people.newcomer().as(back.bearer()).get("/api/v1/me/factors").body().toString())
        .contains("\"totp\":false")
        .contains("\"recoveryCodesLeft\":0");
    people.exchange(person.token()).refused(401, "session-invalid");
    assertThat(told.dueAt()).isEqualTo(told.announcedAt().plus(AnnounceFactorRemoval.WAITING_TIME));
    events.await(LostFactorsRemoved.class, event -> event.accountId().equals(person.accountId()));
    assertThat(admin().get(pathOf(person)).expect(200).text("removedAt")).isNotEmpty();
    admin().delete(pathOf(person)).refused(404, "factor-removal-not-found");
    admin().post(pathOf(person), WHY).refused(404, "factor-not-found");
  }

  @Test
  void who_uses_a_factor_has_not_lost_it_and_that_calls_it_off() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    App.SetUp setUp = App.setUpBy(people, person);
    admin().post(pathOf(person), WHY).expect(201);

    people.logIn(email).refused(401, "totp-required");
    people
        .logInWith("totpCode", setUp.app().wrongCode(), email)
        .refused(401, "invalid-credentials");
    assertThat(calledOff(person)).as("nobody has shown a factor yet").isFalse();
    people.logInWith("recoveryCode", setUp.recoveryCodes().getFirst(), email).expect(201);

    assertThat(calledOff(person)).isTrue();
    clock.advance(AnnounceFactorRemoval.WAITING_TIME.plusSeconds(1));
    removeDue();
    people.logIn(email).refused(401, "totp-required");
    admin().post(pathOf(person), WHY).expect(201);
    admin().delete(pathOf(person)).expect(204);
    clock.advance(AnnounceFactorRemoval.WAITING_TIME.plusSeconds(1));
    removeDue();
    people.logIn(email).refused(401, "totp-required");
  }

  @Test
  void who_has_added_factors_to_the_account_of_somebody_else_calls_nothing_off_by_using_them() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn thief = people.loggedIn(email);
    App.SetUp setUp = App.setUpBy(people, thief);
    clock.advance(Duration.ofMinutes(1));
    // The owner resets the password, which removes no factor.
    jdbc.sql(
            """
            INSERT INTO login (id, account_id, purpose, method, outcome, device, ip_address, network,
                               area, attempted_at)
            VALUES (gen_random_uuid(), :accountId, 'password-reset', 'email-link', 'succeeded', 'a device',
                    '192.0.2.1', '192.0.2.1', 'c00002/24', :now)
            """)
        .param("accountId", thief.accountId())
        .param("now", java.sql.Timestamp.from(clock.instant()))
        .update();
    admin().post(pathOf(thief), WHY).expect(201);

    people.logInWith("recoveryCode", setUp.recoveryCodes().getFirst(), email).expect(201);

    assertThat(calledOff(thief)).isFalse();
    clock.advance(AnnounceFactorRemoval.WAITING_TIME.plusSeconds(1));
    removeDue();
    people.logIn(email).expect(201);
  }

  @Test
  void factors_that_a_thief_has_used_for_long_go_when_the_operator_says_whose_they_are() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn thief = people.loggedIn(email);
    App.SetUp setUp = App.setUpBy(people, thief);
    clock.advance(Duration.ofDays(45));
    admin()
        .post(pathOf(thief), Map.of("reason", "They came to the office", "despiteUse", true))
        .expect(201);

    people.logInWith("recoveryCode", setUp.recoveryCodes().getFirst(), email).expect(201);

    assertThat(calledOff(thief)).isFalse();
    assertThat(admin().get(pathOf(thief)).body().path("despiteUse").asBoolean()).isTrue();
    assertThat(
            events
                .await(
                    FactorRemovalAnnounced.class,
                    event -> event.accountId().equals(thief.accountId()))
                .despiteUse())
        .isTrue();
    clock.advance(AnnounceFactorRemoval.WAITING_TIME.plusSeconds(1));
    removeDue();
    people.logIn(email).refused(401, "totp-required");
    clock.advance(
        AnnounceFactorRemoval.WAITING_TIME_DESPITE_USE.minus(AnnounceFactorRemoval.WAITING_TIME));
    removeDue();
    people.logIn(email).expect(201);
  }

  @Test
  void an_operator_proves_who_they_are_and_is_an_admin() {
    LoggedIn person = people.somebody();
    App.setUpBy(people, person);
    List<ApiClient> others =
        List.of(
            people.newcomer().as(person.bearer()),
            people.newcomer().as(TestTokens.token().role("platform-support").bearer()));

    for (ApiClient other : others) {
      other.post(pathOf(person), WHY).refused(403, "role-missing");
      other.get(pathOf(person)).refused(403, "role-missing");
      other.delete(pathOf(person)).refused(403, "role-missing");
    }
    people
        .newcomer()
        .as(
            TestTokens.token()
                .role("platform-admin")
                .proved(Instant.now().minusSeconds(301))
                .bearer())
        .post(pathOf(person), WHY)
        .refused(403, "step-up-required");
    admin().post(pathOf(person), Map.of("reason", " ")).refused(400, "invalid-request");
    admin()
        .post("/api/v1/accounts/" + UUID.randomUUID() + "/factor-removal", WHY)
        .refused(404, "factor-not-found");
    admin().get(pathOf(person)).refused(404, "factor-removal-not-found");
  }

  private void removeDue() {
    while (removeLostFactors.handle() > 0) {
      // until none is due
    }
  }

  private boolean calledOff(LoggedIn person) {
    return !admin().get(pathOf(person)).expect(200).body().path("calledOffAt").isNull();
  }

  private ApiClient admin() {
    return people.newcomer().as(TestTokens.token().role("platform-admin").bearer());
  }

  private static String pathOf(LoggedIn person) {
    return "/api/v1/accounts/" + person.accountId() + "/factor-removal";
  }
}
