package io.cpdevents.accounts.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.platformroles.GrantFirstAdmin;
import io.cpdevents.accounts.platformroles.GrantPlatformRole;
import io.cpdevents.accounts.secrets.HmacSha256;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@AccountsIntegrationTest
class SignUpIT {

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired RemoveExpiredVerificationMails removeExpiredMails;
  @Autowired RemoveUnverifiedAccounts removeUnverifiedAccounts;
  @Autowired Accounts accounts;
  @Autowired GrantFirstAdmin grantFirstAdmin;
  @Autowired GrantPlatformRole grantPlatformRole;
  @Autowired TransactionTemplate transaction;
  @Autowired TestDatabase database;

  @Test
  void a_person_signs_up_follows_the_link_and_is_known_to_all_services() {
    String email = people.newEmail();
    Answer answer =
        people
            .newcomer()
            .post(
                "/api/v1/accounts",
                Map.of(
                    "email", "  " + email.toUpperCase(java.util.Locale.ROOT) + " ",
                    "password", People.PASSWORD,
                    "name", " Ada Lovelace ",
                    "locale", "en-ca",
                    "timeZone", "America/Toronto"));
    answer.expect(202);
    assertThat(answer.plain()).isEmpty();
    UUID accountId = people.idOf(email);

    EmailVerificationRequested requested =
        events.await(
            EmailVerificationRequested.class, event -> event.accountId().equals(accountId));
    assertThat(requested.expiresAt()).isEqualTo(requested.requestedAt().plus(Duration.ofHours(24)));
    Answer mail = people.mailContent(requested.requestId());
    mail.expect(200);
    assertThat(mail.text("email")).isEqualTo(email);
    assertThat(mail.text("name")).isEqualTo("Ada Lovelace");
    assertThat(mail.text("locale")).isEqualTo("en-CA");
    assertThat(people.mailContent(requested.requestId()).body()).isEqualTo(mail.body());

    people.follow(people.tokenIn(requested.requestId()));

    events.await(AccountVerified.class, event -> event.accountId().equals(accountId));
    ProfileChanged profile =
        events.await(
            ProfileChanged.class,
            event -> event.accountId().equals(accountId) && event.emailVerified());
    assertThat(profile)
        .isEqualTo(
            new ProfileChanged(
                accountId, 2, email, "Ada Lovelace", "en-CA", "America/Toronto", true));
    people.mailContent(requested.requestId()).expect(404);
  }

  @Test
  void a_taken_email_gets_the_same_answer_and_nothing_is_sent_or_changed() {
    String email = people.newEmail();
    people.verified(email);
    Answer fresh = people.signUp(people.newEmail());

    Answer taken = people.signUp(email, "another password 42");

    taken.expect(fresh.expect(202).status());
    assertThat(taken.plain()).isEqualTo(fresh.plain());
    assertThat(
            jdbc.sql("SELECT count(*) FROM verification_mail WHERE account_id = :id")
                .param("id", people.idOf(email))
                .query(Integer.class)
                .single())
        .isZero();
    people.logIn(email).expect(201);
    people.logIn(email, "another password 42").expect(401);
  }

  @Test
  void a_stranger_who_asks_for_mails_does_not_keep_the_person_from_signing_up() {
    String email = people.newEmail();
    ApiClient stranger = people.newcomer();
    for (int mail = 0; mail < 5; mail++) {
      signUp(stranger, email).expect(202);
    }
    signUp(stranger, email).refused(429, "too-many-requests");
    stranger
        .post("/api/v1/accounts/verification-mails", Map.of("email", email))
        .refused(429, "too-many-requests");
    UUID last = people.latestMailOf(email);

    people.signUp(email).expect(202);

    assertThat(people.latestMailOf(email)).isNotEqualTo(last);
    people.follow(people.tokenIn(people.latestMailOf(email)));
    people.logIn(email).expect(201);
  }

  @Test
  void mails_to_one_address_are_limited_by_the_day_from_wherever_they_are_asked_for() {
    String email = people.newEmail();
    for (int mail = 0; mail < 20; mail++) {
      people.signUp(email).expect(202);
    }

    Answer refused = people.signUp(email).refused(429, "too-many-requests");

    assertThat(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))))
        .isGreaterThan(Duration.ofHours(23));
  }

  @Test
  void who_asks_again_for_a_mail_is_not_told_how_many_others_have_asked() {
    String email = people.newEmail();
    people.signUp(email).expect(202);
    for (int mail = 1; mail < 20; mail++) {
      assertThat(asksAgain(email)).as("another mail").isTrue();
    }

    assertThat(asksAgain(email)).as("another mail beyond those of a day").isFalse();
  }

  /** Answers whether there is another mail. */
  private boolean asksAgain(String email) {
    UUID last = people.latestMailOf(email);
    people
        .newcomer()
        .post("/api/v1/accounts/verification-mails", Map.of("email", email))
        .expect(202);
    return !people.latestMailOf(email).equals(last);
  }

  private static Answer signUp(ApiClient from, String email) {
    return from.post(
        "/api/v1/accounts",
        Map.of(
            "email", email,
            "password", People.PASSWORD,
            "name", "Ada Lovelace",
            "locale", "en-CA",
            "timeZone", "America/Toronto"));
  }

  @Test
  void parallel_sign_ups_with_one_email_make_one_account() {
    String email = people.newEmail();

    List<Answer> answers = AtOnce.times(5, () -> people.signUp(email));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE email = :email")
                .param("email", email)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    people.follow(people.tokenIn(people.latestMailOf(email)));
    people.logIn(email).expect(201);
  }

  @Test
  void the_password_of_the_sign_up_whose_link_was_followed_counts() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    UUID ownersMail = people.latestMailOf(email);
    people.signUp(email, "a stranger's password");

    people.follow(people.tokenIn(ownersMail), "the owner's password");

    people.logIn(email, "the owner's password").expect(201);
    people.logIn(email, "a stranger's password").expect(401);
  }

  @Test
  void
      whoever_signs_up_with_a_strangers_address_does_not_get_in_when_the_stranger_follows_the_mail() {
    String email = people.newEmail();
    people.signUp(email, "the attacker's password");
    String token = people.tokenIn(people.latestMailOf(email));

    for (String typed : List.of("the owner's password", "", "the attacker's passwore")) {
      people.verification(token, typed).refused(401, "invalid-credentials");
    }
    people
        .newcomer()
        .post("/api/v1/accounts/verification", Map.of("token", token))
        .refused(400, "invalid-request");

    people.logIn(email, "the attacker's password").refused(403, "email-unverified");
    people.signUp(email, "the owner's password");
    people.follow(people.tokenIn(people.latestMailOf(email)), "the owner's password");
    people.logIn(email, "the owner's password").expect(201);
    people.logIn(email, "the attacker's password").expect(401);
  }

  @Test
  void the_password_of_a_sign_up_cannot_be_guessed_with_its_link() {
    String email = people.newEmail();
    people.signUp(email, "the attacker's password");
    String token = people.tokenIn(people.latestMailOf(email));

    for (int i = 0; i < 10; i++) {
      people.verification(token, "a guess " + i).refused(401, "invalid-credentials");
    }

    people.verification(token, "the attacker's password").refused(429, "too-many-requests");
  }

  /** Each repetition costs a hash, and whoever has verified an address of their own has a link. */
  @Test
  void repetitions_of_a_followed_link_are_bounded() {
    String email = people.newEmail();
    people.signUp(email);
    String token = people.tokenIn(people.latestMailOf(email));
    people.follow(token);

    for (int i = 0; i < 10; i++) {
      people.verification(token).expect(204);
    }

    people.verification(token).refused(429, "too-many-requests");
  }

  @Test
  void the_mail_tells_when_and_from_where_it_was_asked_for() {
    String email = people.newEmail();
    ApiClient asking =
        people
            .newcomer()
            .with("X-Forwarded-For", "2001:db8::7")
            .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/143.0");
    asking.post("/api/v1/accounts", People.signUpOf(email)).expect(202);

    Answer mail = people.mailContent(people.latestMailOf(email)).expect(200);

    assertThat(mail.text("ipAddress")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(mail.text("device")).isEqualTo("Firefox on Linux");
    assertThat(mail.text("requestedAt")).isEqualTo(clock.instant().toString());
  }

  @Test
  void the_second_click_asks_for_the_password_too() {
    String email = people.newEmail();
    people.signUp(email);
    String token = people.tokenIn(people.latestMailOf(email));
    people.follow(token);

    people.verification(token, "another password 42").refused(401, "invalid-credentials");
    people.verification(token).expect(204);
    people.verification("never-sent").refused(400, "token-invalid");

    assertThat(
            jdbc.sql(
                    """
                    SELECT purpose || ' by ' || method || ': ' || outcome FROM login
                     WHERE account_id = :id ORDER BY id
                    """)
                .param("id", people.idOf(email))
                .query(String.class)
                .list())
        .as("each time is recorded")
        .containsExactly(
            "email-verification by password: succeeded",
            "email-verification by password: wrong-password",
            "email-verification by password: succeeded");
  }

  @Test
  void a_mail_asked_for_again_never_carries_a_later_strangers_password() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    UUID ownersMail = people.latestMailOf(email);
    people.signUp(email, "a stranger's password");
    UUID strangersMail = people.latestMailOf(email);

    Answer again = askAgain(email);

    again.expect(202);
    assertThat(mailIds(email)).containsExactlyInAnyOrder(ownersMail, strangersMail);
    people.follow(people.tokenIn(ownersMail), "the owner's password");
    people.logIn(email, "the owner's password").expect(201);
    people.logIn(email, "a stranger's password").expect(401);
  }

  @Test
  void a_mail_asked_for_again_never_carries_an_earlier_strangers_password() {
    String email = people.newEmail();
    people.signUp(email, "a stranger's password");
    people.signUp(email, "the owner's password");
    UUID ownersMail = people.latestMailOf(email);

    askAgain(email).expect(202);

    assertThat(mailIds(email)).hasSize(2);
    people.follow(people.tokenIn(ownersMail), "the owner's password");
    people.logIn(email, "the owner's password").expect(201);
  }

  @Test
  void a_mail_asked_for_before_a_stranger_came_carries_the_owners_password() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    askAgain(email);
    UUID askedFor = people.latestMailOf(email);
    assertThat(mailIds(email)).hasSize(2);
    people.signUp(email, "a stranger's password");

    people.follow(people.tokenIn(askedFor), "the owner's password");

    people.logIn(email, "the owner's password").expect(201);
  }

  @Test
  void the_owner_of_a_contested_address_gets_in_by_signing_up_again() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    people.signUp(email, "a stranger's password");
    clock.advance(Duration.ofHours(24));
    askAgain(email);
    removeExpiredMails.handle();
    assertThat(mailIds(email)).isEmpty();

    people.signUp(email, "the owner's password");
    people.follow(people.tokenIn(people.latestMailOf(email)), "the owner's password");

    people.logIn(email, "the owner's password").expect(201);
  }

  private Answer askAgain(String email) {
    return people.newcomer().post("/api/v1/accounts/verification-mails", Map.of("email", email));
  }

  private List<UUID> mailIds(String email) {
    return jdbc.sql("SELECT id FROM verification_mail WHERE account_id = :id")
        .param("id", people.idOf(email))
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  @Test
  void a_link_that_is_followed_many_times_at_once_counts_once_and_is_answered_the_same() {
    String email = people.newEmail();
    people.signUp(email);
    String token = people.tokenIn(people.latestMailOf(email));

    List<Answer> answers = AtOnce.times(8, () -> people.verification(token));

    assertThat(answers).extracting(Answer::status).containsOnly(204);
    UUID accountId = people.idOf(email);
    assertThat(versionOf(accountId)).isEqualTo(2);
    assertThatItWasVerifiedOnce(accountId);
  }

  @Test
  void a_link_that_is_opened_again_within_an_hour_says_the_same_and_changes_nothing() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    String token = people.tokenIn(people.latestMailOf(email));
    people.follow(token, "the owner's password");
    UUID accountId = people.idOf(email);
    ApiClient owner = people.newcomer().as(TestTokens.bearer(accountId));
    owner.patch("/api/v1/me", Map.of("name", "Augusta Ada")).expect(200);

    clock.advance(Duration.ofMinutes(59));
    Answer again = people.verification(token, "the owner's password");

    again.expect(204);
    assertThat(again.plain()).isEmpty();
    assertThat(owner.get("/api/v1/me").text("name")).isEqualTo("Augusta Ada");
    assertThat(versionOf(accountId)).isEqualTo(3);
    assertThatItWasVerifiedOnce(accountId);
    people.logIn(email, "the owner's password").expect(201);

    clock.advance(Duration.ofMinutes(1));
    people.verification(token, "the owner's password").refused(400, "token-invalid");
    removeExpiredMails.handle();
    people.verification(token, "the owner's password").refused(400, "token-invalid");
    assertThat(followedLinksOf(accountId)).isZero();
  }

  @Test
  void only_the_link_that_was_followed_is_answered_again() {
    String email = people.newEmail();
    people.signUp(email, "the owner's password");
    String owners = people.tokenIn(people.latestMailOf(email));
    people.signUp(email, "a stranger's password");
    String strangers = people.tokenIn(people.latestMailOf(email));

    people.follow(owners, "the owner's password");

    people.verification(owners, "the owner's password").expect(204);
    people.verification(strangers, "a stranger's password").refused(400, "token-invalid");
    people.verification("never-sent", "the owner's password").refused(400, "token-invalid");
  }

  private long versionOf(UUID accountId) {
    return jdbc.sql("SELECT version FROM account WHERE id = :id")
        .param("id", accountId)
        .query(Long.class)
        .single();
  }

  private long followedLinksOf(UUID accountId) {
    return jdbc.sql("SELECT count(*) FROM followed_verification_link WHERE account_id = :id")
        .param("id", accountId)
        .query(Long.class)
        .single();
  }

  private void assertThatItWasVerifiedOnce(UUID accountId) {
    Predicate<AuditEntryRecorded> verification =
        entry ->
            entry.subjectId().equals(accountId.toString())
                && entry.action().equals("account.verified");
    events.await(AuditEntryRecorded.class, verification);
    assertThat(events.all(AuditEntryRecorded.class)).filteredOn(verification).hasSize(1);
    assertThat(events.all(AccountVerified.class))
        .filteredOn(event -> event.accountId().equals(accountId))
        .hasSize(1);
  }

  @Test
  void of_two_links_of_one_account_followed_at_once_one_counts() {
    String email = people.newEmail();
    people.signUp(email);
    String first = people.tokenIn(people.latestMailOf(email));
    people.signUp(email);
    String second = people.tokenIn(people.latestMailOf(email));
    Callable<Answer> followFirst = () -> people.verification(first);
    Callable<Answer> followSecond = () -> people.verification(second);

    List<Answer> answers =
        AtOnce.all(List.of(followFirst, followSecond, followFirst, followSecond));

    boolean firstCounts = answers.getFirst().status() == 204;
    for (int i = 0; i < answers.size(); i++) {
      boolean counts = (i % 2 == 0) == firstCounts;
      assertThat(answers.get(i).status()).isEqualTo(counts ? 204 : 400);
    }
  }

  @Test
  void a_link_counts_for_24_hours() {
    String email = people.newEmail();
    people.signUp(email);
    UUID mail = people.latestMailOf(email);
    String token = people.tokenIn(mail);

    clock.advance(Duration.ofHours(24));

    assertThat(people.verification(token).code()).isEqualTo("token-invalid");
    people.mailContent(mail).expect(404);
    Answer again =
        people.newcomer().post("/api/v1/accounts/verification-mails", Map.of("email", email));
    again.expect(202);
    people.follow(people.tokenIn(people.latestMailOf(email)));
  }

  @Test
  void asking_for_the_mail_again_never_tells_whether_there_is_an_account() {
    String verified = people.newEmail();
    people.verified(verified);

    for (String email : List.of(verified, people.newEmail())) {
      Answer answer =
          people.newcomer().post("/api/v1/accounts/verification-mails", Map.of("email", email));
      answer.expect(202);
      assertThat(answer.plain()).isEmpty();
    }

    assertThat(people.mailsOf(verified)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void one_idempotency_key_asks_for_one_mail() {
    String email = people.newEmail();
    ApiClient client = people.newcomer().with("Idempotency-Key", UUID.randomUUID().toString());

    for (int i = 0; i < 3; i++) {
      client.post("/api/v1/accounts", People.signUpOf(email)).expect(202);
    }

    assertThat(
            jdbc.sql("SELECT count(*) FROM verification_mail WHERE account_id = :id")
                .param("id", people.idOf(email))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void neither_database_nor_topics_hold_a_token_or_password() {
    String email = people.newEmail();
    String password = "a password to be looked for";
    people.signUp(email, password);
    UUID requestId = people.latestMailOf(email);
    String token = people.tokenIn(requestId);

    assertThat(token)
        .isEqualTo(
            OpaqueToken.ofBytes(
                    HmacSha256.of(
                        AccountsIntegrationTest.TOKEN_KEY.getBytes(StandardCharsets.UTF_8),
                        requestId.toString()))
                .value());
    assertThat(
            jdbc.sql("SELECT token_sha256 FROM verification_mail WHERE id = :id")
                .param("id", requestId)
                .query((row, _) -> row.getBytes("token_sha256"))
                .single())
        .isEqualTo(Sha256.of(token));
    assertThat(
            jdbc.sql("SELECT password_hash FROM account WHERE email = :email")
                .param("email", email)
                .query(String.class)
                .single())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    UUID accountId = people.idOf(email);
    events.await(EmailVerificationRequested.class, event -> event.accountId().equals(accountId));
    assertThat(events.raw())
        .filteredOn(record -> record.value() != null)
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .noneMatch(value -> value.contains(token) || value.contains(password));
  }

  @Test
  void what_cannot_be_right_is_refused_with_the_field() {
    Map<Map<String, String>, String> refused =
        Map.of(
            Map.of("password", "eleven char"), "password: wrong-length",
            Map.of("password", "x".repeat(129)), "password: wrong-length",
            Map.of("password", "Password1234"), "password: too-easy",
            Map.of("password", "lovelace1815"), "password: too-easy",
            Map.of("email", "long.address@example.org", "password", "Long.Address@example.org"),
                "password: is-email",
            Map.of("email", "nobody at all"), "email: wrong-format",
            Map.of("name", " "), "name: required",
            Map.of("locale", "not a locale"), "locale: wrong-format",
            Map.of("timeZone", "Mars/Olympus"), "timeZone: unknown-time-zone");
    refused.forEach((fields, error) -> {
      Map<String, Object> body = new HashMap<>(People.signUpOf(people.newEmail()));
      body.putAll(fields);
      Answer answer = people.newcomer().post("/api/v1/accounts", body);
      answer.refused(400, "invalid-request");
      assertThat(answer.fieldErrors()).containsExactly(error);
      assertThat(answer.plain()).doesNotContain(People.PASSWORD);
    });
    people.newcomer().post("/api/v1/accounts", Map.of("mail", "x")).refused(400, "unknown-field");
    people.newcomer().post("/api/v1/accounts", Map.of()).refused(400, "invalid-request");
    for (String body : List.of("null", "[]", "\"x\"", "{", "{\"email\": {\"a\": 1}}")) {
      Answer answer = people.newcomer().post("/api/v1/accounts", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.code()).isNotEmpty();
    }
  }

  @Test
  void one_answer_names_all_that_is_wrong_with_a_sign_up() {
    Map<String, String> body =
        Map.of(
            "email", "nobody at all",
            "password", "short",
            "locale", "not a locale",
            "timeZone", "Mars/Olympus");

    Answer refused = people.newcomer().post("/api/v1/accounts", body);

    assertThat(refused.refused(400, "invalid-request").fieldErrors())
        .containsExactlyInAnyOrder(
            "email: wrong-format",
            "password: wrong-length",
            "name: required",
            "locale: wrong-format",
            "timeZone: unknown-time-zone");
  }

  @Test
  void the_invited_address_becomes_the_first_platform_admin_and_the_only_one() {
    UUID accountId = people.verified(AccountsIntegrationTest.FIRST_ADMIN);

    Answer me = people.newcomer().as(TestTokens.bearer(accountId)).get("/api/v1/me");

    assertThat(me.body().path("platformRoles").path(0).asString("")).isEqualTo("platform-admin");
    assertThat(
            jdbc.sql("SELECT account_id FROM platform_role WHERE role = 'platform-admin'")
                .query((row, _) -> row.getObject("account_id", UUID.class))
                .list())
        .containsExactly(accountId);
  }

  @Test
  void an_address_that_several_have_signed_up_with_never_becomes_the_first_platform_admin()
      throws Exception {
    String contested = people.newEmail();
    people.signUp(contested, "a stranger's password");
    people.verified(contested);
    String uncontested = people.newEmail();
    people.verified(uncontested);
    forgetPlatformAdmins();

    inviteAtStart(contested);
    assertThat(platformAdmins()).isEmpty();

    inviteAtStart(uncontested);
    assertThat(platformAdmins()).containsExactly(people.idOf(uncontested));
    forgetPlatformAdmins();
  }

  private void inviteAtStart(String email) {
    new FirstAdminInvitation(email, accounts, grantFirstAdmin, transaction)
        .run(new DefaultApplicationArguments());
  }

  private List<UUID> platformAdmins() {
    return jdbc.sql("SELECT account_id FROM platform_role WHERE role = 'platform-admin'")
        .query((row, _) -> row.getObject("account_id", UUID.class))
        .list();
  }

  @Test
  void whatever_takes_the_role_away_the_platform_keeps_an_admin() throws Exception {
    List<UUID> admins =
        List.of(people.verified(people.newEmail()), people.verified(people.newEmail()));
    forgetPlatformAdmins();
    transaction.executeWithoutResult(
        _ -> admins.forEach(each -> grantPlatformRole.handle(each, PlatformRole.PLATFORM_ADMIN)));

    List<Boolean> left = AtOnce.numbered(2, i -> losesRole(admins.get(i)));

    assertThat(left).as("of two who go at once one stays").containsExactlyInAnyOrder(true, false);
    UUID last = platformAdmins().getFirst();
    assertThat(losesRole(last)).isFalse();
    assertThatThrownBy(
            () -> jdbc.sql("DELETE FROM account WHERE id = :id").param("id", last).update())
        .hasMessageContaining("always has a platform-admin");
    assertThat(platformAdmins()).containsExactly(last);
    people
        .newcomer()
        .as(TestTokens.bearer(last))
        .delete("/api/v1/me")
        .refused(409, "last-platform-admin");
    forgetPlatformAdmins();
  }

  private boolean losesRole(UUID accountId) {
    try {
      return jdbc.sql("DELETE FROM platform_role WHERE account_id = :id")
              .param("id", accountId)
              .update()
          == 1;
    } catch (DataIntegrityViolationException kept) {
      return false;
    }
  }

  /** As nobody but the owner of the database can. */
  private void forgetPlatformAdmins() throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(
                database.url(), database.owner(), database.ownerPassword());
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          ALTER TABLE platform_role DISABLE TRIGGER USER;
          DELETE FROM platform_role WHERE role = 'platform-admin';
          ALTER TABLE platform_role ENABLE TRIGGER USER
          """);
    }
  }

  @Test
  void a_person_changes_their_name_and_the_rest_stays() {
    UUID accountId = people.verified(people.newEmail());
    ApiClient client = people.newcomer().as(TestTokens.bearer(accountId));

    Answer changed =
        client.patch("/api/v1/me", Map.of("name", "Augusta Ada", "locale", "fr")).expect(200);
    Answer unchanged = client.patch("/api/v1/me", Map.of("name", "Augusta Ada")).expect(200);

    assertThat(changed.text("name")).isEqualTo("Augusta Ada");
    assertThat(unchanged.body()).isEqualTo(changed.body());
    ProfileChanged event = profileOf(accountId, 3);
    assertThat(event.name()).isEqualTo("Augusta Ada");
    assertThat(event.locale()).isEqualTo("fr");
    assertThat(client.patch("/api/v1/me", Map.of("name", "")).refused(400, "invalid-request"))
        .extracting(Answer::fieldErrors)
        .isEqualTo(List.of("name: required"));
  }

  @Test
  void null_clears_language_and_time_zone_and_nothing_else() {
    UUID accountId = people.verified(people.newEmail());
    ApiClient client = people.newcomer().as(TestTokens.bearer(accountId));
    client
        .patch("/api/v1/me", Map.of("locale", "fr-CA", "timeZone", "America/Toronto"))
        .expect(200);

    Answer cleared =
        client.patch("/api/v1/me", "{\"locale\": null, \"timeZone\": null}").expect(200);

    assertThat(cleared.text("name")).isEqualTo("Ada Lovelace");
    assertThat(cleared.body().path("locale").isNull()).isTrue();
    assertThat(cleared.body().path("timeZone").isNull()).isTrue();
    ProfileChanged event = profileOf(accountId, 4);
    assertThat(event.locale()).isNull();
    assertThat(event.timeZone()).isNull();
    Answer refused = client.patch("/api/v1/me", "{\"name\": null}").refused(400, "invalid-request");
    assertThat(refused.fieldErrors()).containsExactly("name: required");
    client.patch("/api/v1/me", Map.of("email", "x@example.org")).refused(400, "unknown-field");
  }

  @Test
  void an_account_that_is_no_more_has_no_profile() {
    ApiClient gone = people.newcomer().as(TestTokens.bearer(UUID.randomUUID()));
    gone.get("/api/v1/me").refused(404, "account-not-found");
    gone.patch("/api/v1/me", Map.of("name", "Nobody")).refused(404, "account-not-found");
  }

  @Test
  void parallel_changes_of_two_fields_both_count() {
    UUID accountId = people.verified(people.newEmail());
    ApiClient client = people.newcomer().as(TestTokens.bearer(accountId));

    AtOnce.all(
        List.of(
            () -> client.patch("/api/v1/me", Map.of("name", "Augusta Ada")).expect(200),
            () -> client.patch("/api/v1/me", Map.of("timeZone", "Europe/London")).expect(200)));

    Answer me = client.get("/api/v1/me").expect(200);
    assertThat(me.text("name")).isEqualTo("Augusta Ada");
    assertThat(me.text("timeZone")).isEqualTo("Europe/London");
  }

  private ProfileChanged profileOf(UUID accountId, long version) {
    return events.await(
        ProfileChanged.class,
        profile -> profile.accountId().equals(accountId) && profile.version() == version);
  }

  @Test
  void who_never_follows_a_link_is_forgotten() {
    String email = people.newEmail();
    people.signUp(email);
    UUID accountId = people.idOf(email);

    clock.advance(RemoveUnverifiedAccounts.MAX_UNVERIFIED_TIME.plusSeconds(1));
    while (removeExpiredMails.handle() + removeUnverifiedAccounts.handle() > 0) {
      // until nothing is left to remove
    }

    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE email = :email")
                .param("email", email)
                .query(Integer.class)
                .single())
        .isZero();
    Awaitility.await()
        .until(() ->
            events.raw().stream()
                .anyMatch(record ->
                    record.topic().equals(Topic.ACCOUNTS_PROFILES.topicName())
                        && accountId.toString().equals(record.key())
                        && record.value() == null));
  }

  @Test
  void the_content_of_a_mail_is_for_our_own_services_only() {
    people.newcomer().get("/internal/verification-mails/" + UUID.randomUUID()).expect(401);
    assertThat(people.mailContent(UUID.randomUUID()).code())
        .isEqualTo("verification-mail-not-found");
  }
}
