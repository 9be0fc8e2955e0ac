package io.cpdevents.accounts.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordResetRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureReceiptMailed;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.contracts.erasure.KeptGround;
import io.cpdevents.contracts.erasure.KeptRecord;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AccountsIntegrationTest
class ErasureIT {

  private static final String ME = "/api/v1/me";
  private static final String CANCEL = "/api/v1/me/erasure/cancel";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONG_ENOUGH = Erasure.WAITING_TIME.plusSeconds(1);

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired Facts facts;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired StartDueErasures startDueErasures;

  @Test
  void every_session_ends_and_whoever_logs_in_can_call_it_off_and_do_nothing_else()
      throws Exception {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    LoggedIn elsewhere = people.loggedIn(email);

    Answer asked = as(person).delete(ME).expect(202);

    assertThat(asked.text("status")).isEqualTo("waiting");
    people.exchange(person.token()).refused(401, "session-invalid");
    people.exchange(elsewhere.token()).refused(401, "session-invalid");
    assertThat(events.await(ErasureRequested.class, of(person)).erasureId()).isEqualTo(asked.id());
    LoggedIn back = people.loggedIn(email);
    assertThat(claims(back)).containsEntry("closing", true);
    ApiClient closing = closing(back);
    closing.get(ME).expect(200);
    assertThat(closing.get("/api/v1/me/erasure").expect(200).id()).isEqualTo(asked.id());
    closing.patch(ME, Map.of("name", "Somebody else")).refused(403, "account-closing");
    closing.post("/api/v1/organizations", Map.of("name", "Mine")).refused(403, "account-closing");
    closing.delete(ME).refused(403, "account-closing");

    closing.post(CANCEL).expect(204);
    closing.post(CANCEL).expect(204);

    events.await(ErasureCalledOff.class, event -> event.accountId().equals(person.accountId()));
    assertThat(claims(back)).doesNotContainKey("closing");
    clock.advance(LONG_ENOUGH);
    start();
    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE email = :email")
                .param("email", email)
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void somebody_who_has_not_asked_has_nothing_to_call_off() {
    as(people.somebody()).post(CANCEL).refused(409, "erasure-not-waiting");
    as(people.somebody()).get("/api/v1/me/erasure").refused(404, "erasure-not-found");
    people.newcomer().delete(ME).refused(401, "session-missing");
  }

  @Test
  void once_it_runs_no_forgotten_password_opens_the_account_again() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    as(person).delete(ME).expect(202);
    clock.advance(LONG_ENOUGH.minusMinutes(10));
    people.newcomer().post("/api/v1/password-resets", Map.of("email", email)).expect(202);
    UUID asked =
        events
            .await(
                PasswordResetRequested.class, event -> event.accountId().equals(person.accountId()))
            .requestId();
    String link =
        people.internal().get("/internal/password-resets/" + asked).expect(200).text("link");
    clock.advance(Duration.ofMinutes(10));
    start();

    people
        .newcomer()
        .post(
            "/api/v1/password-resets/completion",
            Map.of(
                "token",
                link.substring(link.indexOf('=') + 1),
                "newPassword",
                "another horse entirely"))
        .refused(400, "token-invalid");
    people.newcomer().post("/api/v1/password-resets", Map.of("email", email)).expect(202);

    people.logIn(email, "another horse entirely").refused(401, "invalid-credentials");
    assertThat(
            jdbc.sql("SELECT id FROM password_reset WHERE owner_id = :id")
                .param("id", person.accountId())
                .query(UUID.class)
                .list())
        .as("no other one")
        .containsExactly(asked);
  }

  @Test
  void an_owner_has_to_hand_the_organization_on_first() {
    LoggedIn owner = people.somebody();
    as(owner).post("/api/v1/organizations", Map.of("name", "Left alone")).expect(201);

    as(owner).delete(ME).refused(409, "last-owner");

    people.exchange(owner.token()).expect(200);
  }

  @Test
  void keys_end_at_once_and_memberships_when_it_cannot_be_called_off_any_more() {
    LoggedIn leaving = people.somebody();
    UUID organization =
        as(leaving).post("/api/v1/organizations", Map.of("name", "Of two")).expect(201).id();
    String key =
        as(leaving)
            .post(
                "/api/v1/organizations/" + organization + "/api-keys",
                Map.of("name", "Our web site", "role", "staff"))
            .expect(201)
            .text("key");
    LoggedIn staying = people.somebody();
    coOwner(organization, staying);
    people.exchange(key).expect(200);

    as(leaving).delete(ME).expect(202);

    people.exchange(key).refused(401, "session-invalid");
    // Who was a moment faster than that makes none, either.
    as(leaving)
        .post(
            "/api/v1/organizations/" + organization + "/api-keys",
            Map.of("name", "In passing", "role", "staff"))
        .refused(403, "account-closing");
    assertThat(members(organization))
        .containsExactlyInAnyOrder(leaving.accountId(), staying.accountId());
    clock.advance(LONG_ENOUGH);
    start();

    assertThat(members(organization)).containsExactly(staying.accountId());
    assertThat(
            events
                .await(
                    OrganizationChanged.class,
                    event ->
                        event.organizationId().equals(organization)
                            && event.ownerAccountId().equals(staying.accountId()))
                .name())
        .isEqualTo("Of two");
    as(staying).delete(ME).refused(409, "last-owner");
    // The row goes although a key refers to who has made it.
    assertThat(
            jdbc.sql("DELETE FROM account WHERE id = :id")
                .param("id", leaving.accountId())
                .update())
        .isOne();
    // So that it does not wait in the tests of others.
    jdbc.sql("DELETE FROM erasure WHERE account_id = :id")
        .param("id", leaving.accountId())
        .update();
  }

  @Test
  void an_owner_who_is_left_alone_meanwhile_leaves_nothing() {
    LoggedIn leaving = people.somebody();
    UUID alone = as(leaving).post("/api/v1/organizations", Map.of("name", "Alone")).id();
    UUID shared = as(leaving).post("/api/v1/organizations", Map.of("name", "Shared")).id();
    LoggedIn other = people.somebody();
    coOwner(alone, other);
    coOwner(shared, other);
    as(leaving).delete(ME).expect(202);
    // Nobody of the two can go now, nor hand it on to the one who is going.
    as(other).delete(ME).refused(409, "last-owner");
    as(other)
        .delete("/api/v1/organizations/" + alone + "/members/" + other.accountId())
        .refused(409, "last-owner");
    as(other)
        .post(
            "/api/v1/organizations/" + alone + "/ownership",
            Map.of("accountId", leaving.accountId()))
        .refused(409, "last-owner");
    // As it may have been before that was refused.
    jdbc.sql(
            """
            WITH one_less AS (UPDATE organization SET owners = owners - 1 WHERE id = :organizationId)
            DELETE FROM organization_member
             WHERE organization_id = :organizationId AND account_id = :accountId
            """)
        .param("organizationId", alone)
        .param("accountId", other.accountId())
        .update();
    clock.advance(LONG_ENOUGH);

    start();

    assertThat(members(alone)).containsExactly(leaving.accountId());
    assertThat(members(shared)).containsExactlyInAnyOrder(leaving.accountId(), other.accountId());
    jdbc.sql("DELETE FROM erasure WHERE account_id = :id")
        .param("id", leaving.accountId())
        .update();
  }

  @Test
  void owners_who_wait_for_each_other_hold_up_nobody() {
    LoggedIn one = people.somebody();
    LoggedIn two = people.somebody();
    UUID shared = as(one).post("/api/v1/organizations", Map.of("name", "Left by both")).id();
    coOwner(shared, two);
    as(one).delete(ME).expect(202);
    // As it may have been before that was refused.
    jdbc.sql(
            """
            INSERT INTO erasure (id, account_id, status, requested_at, due_at)
            SELECT gen_random_uuid(), :two, status, requested_at, due_at
              FROM erasure WHERE account_id = :one
            """)
        .param("one", one.accountId())
        .param("two", two.accountId())
        .update();
    LoggedIn behind = people.somebody();
    UUID erasure = as(behind).delete(ME).expect(202).id();
    clock.advance(LONG_ENOUGH);

    start();

    assertThat(members(shared)).containsExactlyInAnyOrder(one.accountId(), two.accountId());
    assertThat(
            jdbc.sql("SELECT status FROM erasure WHERE id = :id")
                .param("id", erasure)
                .query(String.class)
                .single())
        .isEqualTo("running");
    jdbc.sql("DELETE FROM erasure WHERE account_id IN (:one, :two)")
        .param("one", one.accountId())
        .param("two", two.accountId())
        .update();
  }

  private void coOwner(UUID organization, LoggedIn person) {
    jdbc.sql(
            """
            WITH one_more AS (UPDATE organization SET owners = owners + 1 WHERE id = :organizationId)
            INSERT INTO organization_member (organization_id, account_id, role, joined_at)
            VALUES (:organizationId, :accountId, 'owner', now())
            """)
        .param("organizationId", organization)
        .param("accountId", person.accountId())
        .update();
  }

  @Test
  void asking_at_the_same_time_is_one_erasure() {
    LoggedIn person = people.somebody();

    List<Answer> answers = AtOnce.times(6, () -> as(person).delete(ME));

    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
  }

  @Test
  void when_all_have_answered_the_receipt_is_signed_and_after_its_mail_nothing_is_left()
      throws Exception {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn person = people.loggedIn(email);
    UUID erasure = as(person).delete(ME).expect(202).id();
    ApiClient inviter = as(people.somebody()).with("Idempotency-Key", UUID.randomUUID().toString());
    UUID organization = inviter.post("/api/v1/organizations", Map.of("name", "Inviting")).id();
    inviter
        .post(
            "/api/v1/organizations/" + organization + "/members",
            Map.of("email", email, "role", "staff"))
        .expect(202);
    ApiClient another = as(people.somebody()).with("Idempotency-Key", UUID.randomUUID().toString());
    UUID regretful = another.post("/api/v1/organizations", Map.of("name", "Regretful")).id();
    another
        .post(
            "/api/v1/organizations/" + regretful + "/members",
            Map.of("email", email, "role", "staff"))
        .expect(202);
    // As when its link no longer counts.
    jdbc.sql("DELETE FROM invitation WHERE organization_id = :id").param("id", regretful).update();
    LoggedIn back = people.loggedIn(email);
    people.internal().get("/internal/erasures/" + erasure).refused(404, "erasure-not-found");
    clock.advance(LONG_ENOUGH);

    start();

    events.await(ErasureStarted.class, event -> event.erasureId().equals(erasure));
    people.exchange(back.token()).refused(401, "session-invalid");
    people.logIn(email).refused(401, "invalid-credentials");
    closing(back).post(CANCEL).refused(409, "erasure-under-way");
    assertThat(people.internal().get("/internal/erasures/" + erasure).expect(200).text("email"))
        .isEqualTo(email);
    for (String service : Erasure.SERVICES) {
      facts.tell(answer(person, erasure, service));
      facts.tell(answer(person, erasure, service));
    }
    events.await(ErasureReceiptSigned.class, event -> event.erasureId().equals(erasure));
    String receipt =
        people.internal().get("/internal/erasure-receipts/" + erasure).expect(200).text("receipt");
    assertVerifies(receipt, erasure);
    facts.tell(
        new ErasureReceiptMailed(person.accountId(), erasure, "notification", clock.instant()));
    facts.tell(
        new ErasureReceiptMailed(person.accountId(), erasure, "notification", clock.instant()));

    awaitTombstone(person);
    assertThat(
            jdbc.sql("SELECT status FROM erasure WHERE id = :id")
                .param("id", erasure)
                .query(String.class)
                .single())
        .isEqualTo("done");
    assertThat(
            jdbc.sql("SELECT count(*) FROM account WHERE id = :id")
                .param("id", person.accountId())
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(
            events.all(ErasureReceiptSigned.class).stream()
                .filter(event -> event.erasureId().equals(erasure)))
        .hasSize(1);
    assertThat(
            jdbc.sql("SELECT count(*) FROM invitation WHERE organization_id = :id")
                .param("id", organization)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(
            jdbc.sql(
                    "SELECT convert_from(body, 'UTF8') FROM api_idempotency WHERE body IS NOT NULL")
                .query(String.class)
                .list())
        .noneMatch(body -> body.contains(email));
    people.signUp(email).expect(202);
  }

  @Test
  void what_the_person_was_called_before_is_told_to_who_has_to_find_it() {
    String former = people.newEmail();
    people.verified(former);
    LoggedIn person = people.loggedIn(former);
    as(person).patch(ME, Map.of("name", "Ada Byron")).expect(200);
    as(person).patch(ME, Map.of("name", "Ada King")).expect(200);
    String present = people.newEmail();
    String given = people.newEmail();
    moves(person, given);
    moves(person, present);
    people.verified(former);
    Instant givenUp = clock.instant();
    UUID erasure = as(person).delete(ME).expect(202).id();
    clock.advance(LONG_ENOUGH);

    start();

    JsonNode told = people.internal().get("/internal/erasures/" + erasure).expect(200).body();
    assertThat(told.path("email").asString()).isEqualTo(present);
    assertThat(told.path("formerNames").valueStream().map(JsonNode::asString))
        .contains("Ada Lovelace", "Ada Byron");
    assertThat(told.path("formerEmails").valueStream().map(JsonNode::toString))
        .containsExactlyInAnyOrder(
            "{\"email\":\"%s\",\"since\":null,\"until\":\"%s\"}".formatted(former, givenUp),
            "{\"email\":\"%s\",\"since\":null,\"until\":null}".formatted(given));
  }

  private void moves(LoggedIn person, String newEmail) {
    as(person).post(ME + "/email-changes", Map.of("newEmail", newEmail)).expect(202);
    UUID change =
        jdbc.sql("SELECT id FROM email_change WHERE account_id = :id")
            .param("id", person.accountId())
            .query((row, _) -> Columns.uuid(row, "id"))
            .single();
    String link = people.internal().get("/internal/email-changes/" + change).text("link");
    people
        .newcomer()
        .post(
            ME + "/email-changes/confirmation",
            Map.of("token", link.split("#token=", 2)[1], "password", People.PASSWORD))
        .expect(204);
  }

  @Test
  void whoever_becomes_an_owner_meanwhile_stays_until_somebody_looks() {
    LoggedIn person = people.somebody();
    UUID erasure = as(person).delete(ME).expect(202).id();
    UUID organization =
        as(people.somebody()).post("/api/v1/organizations", Map.of("name", "Handed on")).id();
    jdbc.sql("UPDATE organization_member SET account_id = :account WHERE organization_id = :id")
        .param("account", person.accountId())
        .param("id", organization)
        .update();
    clock.advance(LONG_ENOUGH);

    start();

    assertThat(
            jdbc.sql("SELECT status FROM erasure WHERE id = :id")
                .param("id", erasure)
                .query(String.class)
                .single())
        .isEqualTo("waiting");
    // So that it does not wait in the tests of others.
    jdbc.sql("UPDATE erasure SET status = 'called-off', ended_at = due_at WHERE id = :id")
        .param("id", erasure)
        .update();
  }

  /** Whatever refers to an account goes with it, or nobody could be erased any more. */
  @Test
  void nothing_keeps_an_account_from_being_removed() {
    List<String> others =
        jdbc.sql(
                """
                SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE contype = 'f' AND confrelid = 'account'::regclass
                   AND confdeltype NOT IN ('c', 'n')
                   AND conrelid NOT IN ('organization_member'::regclass, 'organization'::regclass)
                """)
            .query((row, _) -> row.getString(1))
            .list();

    assertThat(others)
        .as("ON DELETE CASCADE or SET NULL; who belongs to organizations has left them before")
        .isEmpty();
  }

  private List<UUID> members(UUID organization) {
    return jdbc.sql("SELECT account_id FROM organization_member WHERE organization_id = :id")
        .param("id", organization)
        .query((row, _) -> Columns.uuid(row, "account_id"))
        .list();
  }

  private void start() {
    int started;
    do {
      started = startDueErasures.handle();
    } while (started > 0);
  }

  private void assertVerifies(String receipt, UUID erasure) throws Exception {
    JWKSet keys =
        JWKSet.parse(
            people.newcomer().get("/api/v1/accounts/erasure-receipt-keys").expect(200).plain());
    JsonNode parts = JSON.readTree(receipt);
    JWSObject signed = compact(parts, parts.path("payload").asString());
    ECKey key = keys.getKeyByKeyId(signed.getHeader().getKeyID()).toECKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(signed.verify(new ECDSAVerifier(key))).isTrue();
    String text = signed.getPayload().toString();
    assertThat(text)
        .contains(erasure.toString(), "registration", "billing", "payments", "tax-law")
        .doesNotContain("@", "Ada");
    JWSObject forged =
        compact(parts, Base64URL.encode(text.replace("billing", "nobody")).toString());
    assertThat(forged.verify(new ECDSAVerifier(key))).isFalse();
  }

  private static JWSObject compact(JsonNode parts, String payload) throws ParseException {
    return JWSObject.parse(
        parts.path("protected").asString()
            + "."
            + payload
            + "."
            + parts.path("signature").asString());
  }

  private void awaitTombstone(LoggedIn person) {
    Awaitility.await()
        .until(() ->
            events.raw().stream()
                .anyMatch(record ->
                    record.topic().equals(Topic.Names.ACCOUNTS_PROFILES)
                        && record.value() == null
                        && record.key().equals(person.accountId().toString())));
  }

  private static ErasureAnswered answer(LoggedIn person, UUID erasure, String service) {
    return new ErasureAnswered(
        person.accountId(),
        erasure,
        service,
        MutableClock.START,
        List.of(new Kept(KeptRecord.PAYMENTS, KeptGround.TAX_LAW)));
  }

  private static Predicate<ErasureRequested> of(LoggedIn person) {
    return event -> event.accountId().equals(person.accountId());
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  /** What the gateway would send on while the account waits to be erased. */
  private ApiClient closing(LoggedIn person) {
    return people
        .newcomer()
        .as(
            TestTokens.token()
                .account(person.accountId())
                .session(person.sessionId())
                .closing()
                .bearer());
  }

  private Map<String, Object> claims(LoggedIn person) throws Exception {
    String token = people.exchange(person.token()).expect(200).text("accessToken");
    return SignedJWT.parse(token).getJWTClaimsSet().getClaims();
  }
}
