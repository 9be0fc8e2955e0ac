package io.cpdevents.accounts.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.Api;
import io.cpdevents.accounts.Api.Answer;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.Together;
import io.cpdevents.accounts.platformroles.PlatformRoles;
import io.cpdevents.accounts.secrets.HmacSha256;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@AccountsIntegrationTest
class SignUpIT {

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired AccountRetention retention;
  @Autowired Accounts accounts;
  @Autowired PlatformRoles platformRoles;
  @Autowired TransactionTemplate transaction;

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
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.response().body()).isEmpty();
    UUID accountId = people.idOf(email);

    EmailVerificationRequested requested =
        events.await(
            EmailVerificationRequested.class, event -> event.accountId().equals(accountId));
    assertThat(requested.expiresAt()).isEqualTo(requested.requestedAt().plus(Duration.ofHours(24)));
    Answer mail = people.mailContent(requested.requestId());
    assertThat(mail.status()).isEqualTo(200);
    assertThat(mail.body().path("email").asString()).isEqualTo(email);
    assertThat(mail.body().path("name").asString()).isEqualTo("Ada Lovelace");
    assertThat(mail.body().path("locale").asString()).isEqualTo("en-CA");
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
    assertThat(people.mailContent(requested.requestId()).status()).isEqualTo(404);
  }

  @Test
  void a_taken_email_gets_the_same_answer_and_nothing_is_sent_or_changed() {
    String email = people.newEmail();
    people.verified(email);
    Answer fresh = people.newcomer().post("/api/v1/accounts", People.signUpOf(people.newEmail()));

    Answer taken =
        people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "another password 42"));

    assertThat(taken.status()).isEqualTo(fresh.status()).isEqualTo(202);
    assertThat(taken.response().body()).isEqualTo(fresh.response().body());
    assertThat(
            jdbc.sql("SELECT count(*) FROM verification_mail WHERE account_id = :id")
                .param("id", people.idOf(email))
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(people.logIn(email).status()).isEqualTo(201);
    assertThat(people.logIn(people.newcomer(), email, "another password 42").status())
        .isEqualTo(401);
  }

  @Test
  void parallel_sign_ups_with_one_email_make_one_account() {
    String email = people.newEmail();

    List<Answer> answers =
        Together.run(5, () -> people.newcomer().post("/api/v1/accounts", People.signUpOf(email)));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE email = :email")
                .param("email", email)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    people.follow(people.tokenIn(people.latestMailOf(email)));
    assertThat(people.logIn(email).status()).isEqualTo(201);
  }

  @Test
  void the_password_of_the_sign_up_whose_link_was_followed_counts() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    UUID ownersMail = people.latestMailOf(email);
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "a stranger's password"));

    people.follow(people.tokenIn(ownersMail));

    assertThat(people.logIn(people.newcomer(), email, "the owner's password").status())
        .isEqualTo(201);
    assertThat(people.logIn(people.newcomer(), email, "a stranger's password").status())
        .isEqualTo(401);
  }

  @Test
  void a_mail_asked_for_again_never_carries_a_later_strangers_password() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    UUID ownersMail = people.latestMailOf(email);
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "a stranger's password"));
    UUID strangersMail = people.latestMailOf(email);

    Answer again = askAgain(email);

    assertThat(again.status()).isEqualTo(202);
    assertThat(mailIds(email)).containsExactlyInAnyOrder(ownersMail, strangersMail);
    people.follow(people.tokenIn(ownersMail));
    assertThat(people.logIn(people.newcomer(), email, "the owner's password").status())
        .isEqualTo(201);
    assertThat(people.logIn(people.newcomer(), email, "a stranger's password").status())
        .isEqualTo(401);
  }

  @Test
  void a_mail_asked_for_again_never_carries_an_earlier_strangers_password() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "a stranger's password"));
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    UUID ownersMail = people.latestMailOf(email);

    assertThat(askAgain(email).status()).isEqualTo(202);

    assertThat(mailIds(email)).hasSize(2);
    people.follow(people.tokenIn(ownersMail));
    assertThat(people.logIn(people.newcomer(), email, "the owner's password").status())
        .isEqualTo(201);
  }

  @Test
  void a_mail_asked_for_before_a_stranger_came_carries_the_owners_password() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    askAgain(email);
    UUID askedFor = people.latestMailOf(email);
    assertThat(mailIds(email)).hasSize(2);
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "a stranger's password"));

    people.follow(people.tokenIn(askedFor));

    assertThat(people.logIn(people.newcomer(), email, "the owner's password").status())
        .isEqualTo(201);
  }

  @Test
  void the_owner_of_a_contested_address_gets_in_by_signing_up_again() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "a stranger's password"));
    clock.advance(Duration.ofHours(24));
    askAgain(email);
    retention.removeExpiredMails();
    assertThat(mailIds(email)).isEmpty();

    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, "the owner's password"));
    people.follow(people.tokenIn(people.latestMailOf(email)));

    assertThat(people.logIn(people.newcomer(), email, "the owner's password").status())
        .isEqualTo(201);
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
  void of_many_who_follow_one_link_at_once_one_succeeds() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email));
    String token = people.tokenIn(people.latestMailOf(email));

    List<Answer> answers = Together.run(8, () -> people.verification(token));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(204);
    assertThat(answers.stream().filter(answer -> answer.status() != 204))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.code()).isEqualTo("token-invalid");
        });
  }

  @Test
  void of_two_links_of_one_account_followed_at_once_one_counts() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email));
    String first = people.tokenIn(people.latestMailOf(email));
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email));
    String second = people.tokenIn(people.latestMailOf(email));
    java.util.Iterator<String> tokens = List.of(first, second, first, second).iterator();

    List<Answer> answers =
        Together.run(
            4,
            () -> {
              String token;
              synchronized (tokens) {
                token = tokens.next();
              }
              return people.verification(token);
            });

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(204);
  }

  @Test
  void a_link_counts_for_24_hours() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email));
    UUID mail = people.latestMailOf(email);
    String token = people.tokenIn(mail);

    clock.advance(Duration.ofHours(24));

    assertThat(people.verification(token).code()).isEqualTo("token-invalid");
    assertThat(people.mailContent(mail).status()).isEqualTo(404);
    Answer again =
        people.newcomer().post("/api/v1/accounts/verification-mails", Map.of("email", email));
    assertThat(again.status()).isEqualTo(202);
    people.follow(people.tokenIn(people.latestMailOf(email)));
  }

  @Test
  void asking_for_the_mail_again_never_tells_whether_there_is_an_account() {
    String verified = people.newEmail();
    people.verified(verified);

    for (String email : List.of(verified, people.newEmail())) {
      Answer answer =
          people.newcomer().post("/api/v1/accounts/verification-mails", Map.of("email", email));
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.response().body()).isEmpty();
    }

    assertThat(people.mailsOf(verified)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void one_idempotency_key_asks_for_one_mail() {
    String email = people.newEmail();
    Api client = people.newcomer().with("Idempotency-Key", UUID.randomUUID().toString());

    for (int i = 0; i < 3; i++) {
      assertThat(client.post("/api/v1/accounts", People.signUpOf(email)).status()).isEqualTo(202);
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
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email, password));
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
    Map<String, Map<String, Object>> refused =
        Map.of(
            "too-short", People.signUpOf(people.newEmail(), "eleven char"),
            "too-long", People.signUpOf(people.newEmail(), "x".repeat(129)),
            "is-email", People.signUpOf("long.address@example.org", "Long.Address@example.org"),
            "invalid-email", People.signUpOf("nobody at all"),
            "blank", Map.of("email", people.newEmail(), "password", People.PASSWORD, "name", " "),
            "invalid-locale",
                Map.of(
                    "email",
                    people.newEmail(),
                    "password",
                    People.PASSWORD,
                    "name",
                    "Ada",
                    "locale",
                    "not a locale"),
            "unknown-time-zone",
                Map.of(
                    "email",
                    people.newEmail(),
                    "password",
                    People.PASSWORD,
                    "name",
                    "Ada",
                    "timeZone",
                    "Mars/Olympus"));
    refused.forEach((code, body) -> {
      Answer answer = people.newcomer().post("/api/v1/accounts", body);
      assertThat(answer.status()).as(code).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid-request");
      assertThat(answer.fieldCode()).isEqualTo(code);
      assertThat(answer.response().body()).doesNotContain(People.PASSWORD);
    });
    assertThat(people.newcomer().post("/api/v1/accounts", Map.of("mail", "x")).code())
        .isEqualTo("unknown-field");
    assertThat(people.newcomer().post("/api/v1/accounts", Map.of()).code())
        .isEqualTo("invalid-request");
    for (String body : List.of("null", "[]", "\"x\"", "{", "{\"email\": {\"a\": 1}}")) {
      Answer answer = people.newcomer().send("POST", "/api/v1/accounts", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.code()).isNotEmpty();
    }
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
  void an_address_that_several_have_signed_up_with_never_becomes_the_first_platform_admin() {
    String contested = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(contested, "a stranger's password"));
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
    new FirstAdminInvitation(email, accounts, platformRoles, transaction)
        .run(new DefaultApplicationArguments());
  }

  private List<UUID> platformAdmins() {
    return jdbc.sql("SELECT account_id FROM platform_role WHERE role = 'platform-admin'")
        .query((row, _) -> row.getObject("account_id", UUID.class))
        .list();
  }

  private void forgetPlatformAdmins() {
    jdbc.sql("DELETE FROM platform_role WHERE role = 'platform-admin'").update();
  }

  @Test
  void a_person_changes_how_they_are_called() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    Api client = people.newcomer().as(TestTokens.bearer(accountId));

    Answer changed = client.patch("/api/v1/me", Map.of("name", "Augusta Ada", "locale", "fr"));
    Answer unchanged = client.patch("/api/v1/me", Map.of("name", "Augusta Ada"));

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().path("name").asString()).isEqualTo("Augusta Ada");
    assertThat(unchanged.body()).isEqualTo(changed.body());
    ProfileChanged event =
        events.await(
            ProfileChanged.class,
            profile -> profile.accountId().equals(accountId) && profile.version() == 3);
    assertThat(event.name()).isEqualTo("Augusta Ada");
    assertThat(event.locale()).isEqualTo("fr");
    assertThat(client.patch("/api/v1/me", Map.of("name", "")).fieldCode()).isEqualTo("blank");
  }

  @Test
  void who_never_follows_a_link_is_forgotten() {
    String email = people.newEmail();
    people.newcomer().post("/api/v1/accounts", People.signUpOf(email));
    UUID accountId = people.idOf(email);

    clock.advance(AccountRetention.UNVERIFIED_LIFE.plusSeconds(1));
    while (retention.removeExpiredMails() + retention.removeUnverified() > 0) {
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
    assertThat(people.newcomer().get("/internal/verification-mails/" + UUID.randomUUID()).status())
        .isEqualTo(401);
    assertThat(people.mailContent(UUID.randomUUID()).code())
        .isEqualTo("verification-mail-not-found");
  }
}
