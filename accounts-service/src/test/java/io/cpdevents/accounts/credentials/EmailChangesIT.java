package io.cpdevents.accounts.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChangeRequested;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChanged;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordChanged;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
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

@AccountsIntegrationTest
class EmailChangesIT {

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired RemoveExpiredEmailChanges removeExpired;

  @Test
  void an_address_is_changed_once_its_mails_are_shown_to_arrive() {
    String oldEmail = people.newEmail();
    String newEmail = people.newEmail();
    people.verified(oldEmail);
    LoggedIn person = people.loggedIn(oldEmail);

    String token = tokenAskedFor(person, newEmail);
    people.logIn(oldEmail).expect(201);
    people.logIn(newEmail).refused(401, "invalid-credentials");
    confirm(token).expect(204);

    people.logIn(newEmail).expect(201);
    people.logIn(oldEmail).refused(401, "invalid-credentials");
    people.exchange(person.token()).expect(200);
    events.await(
        ProfileChanged.class,
        event -> event.accountId().equals(person.accountId()) && event.email().equals(newEmail));
    confirm(token).expect(204);
    confirm(token, "not the password").refused(401, "invalid-credentials");
    revert(token).refused(400, "token-invalid");
    assertThat(revertsOf(person.accountId())).as("changed once").containsExactly(oldEmail);
    clock.advance(FollowedLinks.SAME_ANSWER_TIME);
    confirm(token).refused(400, "token-invalid");
  }

  @Test
  void whoever_reads_the_old_mails_takes_it_back_for_seven_days_and_the_password_counts_no_more() {
    String oldEmail = people.newEmail();
    String newEmail = people.newEmail();
    people.verified(oldEmail);
    LoggedIn thief = people.loggedIn(oldEmail);
    confirm(tokenAskedFor(thief, newEmail)).expect(204);
    String revert = revertTokenOf(thief.accountId(), oldEmail);
    clock.advance(Duration.ofDays(6));

    List<Answer> answers = AtOnce.times(3, () -> revert(revert));

    assertThat(answers).allMatch(answer -> answer.status() == 204);
    revert(revert).expect(204);
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM login
                     WHERE account_id = :id AND purpose = 'email-revert' AND outcome = 'succeeded'
                    """)
                .param("id", thief.accountId())
                .query(Integer.class)
                .single())
        .as("each is recorded")
        .isEqualTo(4);
    people.exchange(thief.token()).refused(401, "session-invalid");
    people.logIn(newEmail).refused(401, "invalid-credentials");
    people.logIn(oldEmail).refused(401, "invalid-credentials");
    events.await(PasswordChanged.class, event -> event.accountId().equals(thief.accountId()));
    assertThat(people.idOf(oldEmail)).isEqualTo(thief.accountId());
    clock.advance(FollowedLinks.SAME_ANSWER_TIME);
    revert(revert).refused(400, "token-invalid");
  }

  @Test
  void a_second_change_does_not_take_the_way_back_from_who_had_the_first_address() {
    String first = people.newEmail();
    String second = people.newEmail();
    String third = people.newEmail();
    people.verified(first);
    LoggedIn thief = people.loggedIn(first);
    confirm(tokenAskedFor(thief, second)).expect(204);
    confirm(tokenAskedFor(thief, third)).expect(204);
    String toFirst = revertTokenTo(thief.accountId(), first);
    String toSecond = revertTokenTo(thief.accountId(), second);

    revert(toSecond).expect(204);
    assertThat(people.idOf(second)).isEqualTo(thief.accountId());
    revert(toFirst).expect(204);

    assertThat(people.idOf(first)).isEqualTo(thief.accountId());
    assertThat(revertsOf(thief.accountId())).isEmpty();
  }

  @Test
  void the_way_back_to_the_first_address_ends_those_to_later_ones() {
    String first = people.newEmail();
    String second = people.newEmail();
    people.verified(first);
    LoggedIn thief = people.loggedIn(first);
    confirm(tokenAskedFor(thief, second)).expect(204);
    confirm(tokenAskedFor(thief, people.newEmail())).expect(204);
    String toSecond = revertTokenTo(thief.accountId(), second);

    revert(revertTokenTo(thief.accountId(), first)).expect(204);

    revert(toSecond).refused(400, "token-invalid");
    assertThat(people.idOf(first)).isEqualTo(thief.accountId());
  }

  @Test
  void a_stranger_who_presses_the_button_of_the_mail_gives_their_address_to_nobody() {
    String victims = people.newEmail();
    people.signUp(victims).expect(202);
    UUID victim = people.idOf(victims);
    LoggedIn mallory = people.somebody();
    String token = tokenAskedFor(mallory, victims);

    people
        .newcomer()
        .post("/api/v1/me/email-changes/confirmation", Map.of("token", token))
        .refused(400, "invalid-request");
    confirm(token, "the victim's own words").refused(401, "invalid-credentials");

    assertThat(people.idOf(victims)).isEqualTo(victim);
    assertThat(
            jdbc.sql(
                    """
                    SELECT outcome FROM login
                     WHERE account_id = :id AND purpose = 'email-change'
                    """)
                .param("id", mallory.accountId())
                .query(String.class)
                .list())
        .containsExactly("wrong-password");
    confirm(token).expect(204);
  }

  @Test
  void who_is_refused_though_the_password_is_right_is_recorded() {
    LoggedIn person = people.somebody();
    String wanted = people.newEmail();
    String token = tokenAskedFor(person, wanted);
    people.verified(wanted);

    confirm(token).refused(409, "email-taken");

    assertThat(
            jdbc.sql(
                    """
                    SELECT outcome FROM login
                     WHERE account_id = :id AND purpose = 'email-change'
                    """)
                .param("id", person.accountId())
                .query(String.class)
                .list())
        .containsExactly("refused");
  }

  @Test
  void who_tries_passwords_at_a_link_is_stopped() {
    LoggedIn person = people.somebody();
    String token = tokenAskedFor(person, people.newEmail());

    ApiClient guesser = people.newcomer();
    for (int i = 0; i < 10; i++) {
      confirm(guesser, token, "not the password " + i).refused(401, "invalid-credentials");
    }

    confirm(guesser, token, People.PASSWORD).refused(429, "too-many-requests");
  }

  @Test
  void links_count_for_a_day_and_for_seven_days_and_are_removed_then() {
    String oldEmail = people.newEmail();
    String newEmail = people.newEmail();
    people.verified(oldEmail);
    LoggedIn person = people.loggedIn(oldEmail);
    String late = tokenAskedFor(person, newEmail);
    clock.advance(Duration.ofHours(24));
    confirm(late).refused(400, "token-invalid");
    confirm(tokenAskedFor(person, newEmail)).expect(204);
    String revert = revertTokenOf(person.accountId(), oldEmail);
    clock.advance(Duration.ofDays(7));
    revert(revert).refused(400, "token-invalid");

    while (removeExpired.handle() > 0) {
      // until nothing is left to remove
    }

    assertThat(
            jdbc.sql(
                    """
                    SELECT (SELECT count(*) FROM email_change WHERE account_id = :id)
                           + (SELECT count(*) FROM email_revert WHERE account_id = :id)
                    """)
                .param("id", person.accountId())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void a_later_request_and_another_password_make_a_link_worthless() {
    String oldEmail = people.newEmail();
    people.verified(oldEmail);
    LoggedIn person = people.loggedIn(oldEmail);
    String first = tokenAskedFor(person, people.newEmail());
    String second = tokenAskedFor(person, people.newEmail());
    confirm(first).refused(400, "token-invalid");

    people
        .newcomer()
        .as(person.bearer())
        .put(
            "/api/v1/me/password",
            Map.of("oldPassword", People.PASSWORD, "newPassword", "another horse entirely"))
        .expect(204);

    confirm(second).refused(400, "token-invalid");
  }

  @Test
  void a_taken_address_gets_the_same_answer_and_no_mail_and_an_unverified_one_goes_to_its_owner() {
    String taken = people.newEmail();
    people.verified(taken);
    String squatted = people.newEmail();
    people.signUp(squatted).expect(202);
    UUID squatter = people.idOf(squatted);
    String oldEmail = people.newEmail();
    people.verified(oldEmail);
    LoggedIn person = people.loggedIn(oldEmail);

    ask(person, taken).expect(202);
    assertThat(wantedBy(person.accountId())).isEmpty();
    confirm(tokenAskedFor(person, squatted)).expect(204);

    assertThat(people.idOf(squatted)).isEqualTo(person.accountId()).isNotEqualTo(squatter);
    ask(person, squatted).refused(409, "same-email");
  }

  @Test
  void an_address_that_was_taken_meanwhile_is_refused_and_the_link_is_not_used_up() {
    String newEmail = people.newEmail();
    LoggedIn slow = people.somebody();
    LoggedIn quick = people.somebody();
    String slowToken = tokenAskedFor(slow, newEmail);
    confirm(tokenAskedFor(quick, newEmail)).expect(204);

    confirm(slowToken).refused(409, "email-taken");

    assertThat(people.idOf(newEmail)).isEqualTo(quick.accountId());
    assertThat(wantedBy(slow.accountId())).hasSize(1);
  }

  @Test
  void of_two_who_confirm_one_address_at_once_one_gets_it() {
    String newEmail = people.newEmail();
    List<String> tokens =
        List.of(
            tokenAskedFor(people.somebody(), newEmail), tokenAskedFor(people.somebody(), newEmail));

    List<Answer> answers = AtOnce.numbered(2, i -> confirm(tokens.get(i)));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.code().equals("email-taken")).hasSize(1);
  }

  @Test
  void who_has_not_proved_lately_who_they_are_does_so_first_and_requests_are_limited() {
    LoggedIn person = people.somebody();
    ApiClient stolen =
        people
            .newcomer()
            .as(
                TestTokens.token()
                    .account(person.accountId())
                    .session(person.sessionId())
                    .proved(Instant.now().minusSeconds(301))
                    .bearer());
    stolen
        .post("/api/v1/me/email-changes", Map.of("newEmail", people.newEmail()))
        .refused(403, "step-up-required");

    for (int i = 0; i < 5; i++) {
      ask(person, people.newEmail()).expect(202);
    }

    ask(person, people.newEmail()).refused(429, "too-many-requests");
    ask(person, "no address").refused(400, "invalid-request");
  }

  private Answer ask(LoggedIn person, String newEmail) {
    return people
        .newcomer()
        .as(person.bearer())
        .post("/api/v1/me/email-changes", Map.of("newEmail", newEmail));
  }

  private String tokenAskedFor(LoggedIn person, String newEmail) {
    ask(person, newEmail).expect(202);
    UUID changeId = wantedBy(person.accountId()).getFirst();
    events.await(EmailChangeRequested.class, event -> event.changeId().equals(changeId));
    Answer content = people.internal().get("/internal/email-changes/" + changeId).expect(200);
    assertThat(content.text("email")).isEqualTo(newEmail);
    assertThat(content.text("requestedAt")).isNotEmpty();
    assertThat(content.text("ipAddress")).isNotEmpty();
    assertThat(content.text("device")).isNotEmpty();
    String link = content.text("link");
    assertThat(link).startsWith(AccountsIntegrationTest.WEB_URL + "confirm-email#token=");
    return link.substring(link.indexOf('=') + 1);
  }

  private String revertTokenOf(UUID accountId, String oldEmail) {
    EmailChanged told =
        events.await(EmailChanged.class, event -> event.accountId().equals(accountId));
    return revertTokenIn(told.changeId(), oldEmail);
  }

  private String revertTokenTo(UUID accountId, String oldEmail) {
    return revertTokenIn(
        jdbc.sql("SELECT id FROM email_revert WHERE account_id = :id AND old_email = :email")
            .param("id", accountId)
            .param("email", oldEmail)
            .query(UUID.class)
            .single(),
        oldEmail);
  }

  private List<String> revertsOf(UUID accountId) {
    return jdbc.sql("SELECT old_email FROM email_revert WHERE account_id = :id")
        .param("id", accountId)
        .query((row, _) -> row.getString("old_email"))
        .list();
  }

  private String revertTokenIn(UUID changeId, String oldEmail) {
    Answer content = people.internal().get("/internal/email-reverts/" + changeId);
    assertThat(content.expect(200).text("email")).isEqualTo(oldEmail);
    String link = content.text("link");
    assertThat(link).startsWith(AccountsIntegrationTest.WEB_URL + "confirm-email#revert=");
    return link.substring(link.indexOf('=') + 1);
  }

  private List<UUID> wantedBy(UUID accountId) {
    return jdbc.sql("SELECT id FROM email_change WHERE account_id = :id")
        .param("id", accountId)
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  private Answer confirm(String token) {
    return confirm(token, People.PASSWORD);
  }

  private Answer confirm(String token, String password) {
    return confirm(people.newcomer(), token, password);
  }

  private static Answer confirm(ApiClient client, String token, String password) {
    return client.post(
        "/api/v1/me/email-changes/confirmation", Map.of("token", token, "password", password));
  }

  private Answer revert(String token) {
    return people.newcomer().post("/api/v1/me/email-changes/revert", Map.of("token", token));
  }
}
