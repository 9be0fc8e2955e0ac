package io.cpdevents.accounts.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.accounts.MemberEvent.ApiKeyMade;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys with which programs act for an organization. */
@AccountsIntegrationTest
class ApiKeysIT {

  private static final String PATH = "/api/v1/organizations/";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired EndExpiredApiKeys endExpiredApiKeys;
  @Autowired RemoveEndedApiKeys removeEndedApiKeys;

  private LoggedIn owner() {
    return people.somebody();
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  private UUID foundedBy(LoggedIn owner) {
    return as(owner).post("/api/v1/organizations", Map.of("name", "Keys")).expect(201).id();
  }

  private static Map<String, Object> keyOf(String role) {
    return Map.of("name", "Our web site", "role", role);
  }

  private LoggedIn member(UUID organization, String role) {
    LoggedIn person = people.somebody();
    jdbc.sql(
            """
            INSERT INTO organization_member (organization_id, account_id, role, joined_at)
            VALUES (:organizationId, :accountId, :role, now())
            """)
        .param("organizationId", organization)
        .param("accountId", person.accountId())
        .param("role", role)
        .update();
    return person;
  }

  @Test
  void who_is_about_to_be_erased_leaves_no_key_behind() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    UUID erasure = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO erasure (id, account_id, status, requested_at, due_at)
            VALUES (:id, :accountId, 'waiting', now(), now() + interval '14 days')
            """)
        .param("id", erasure)
        .param("accountId", owner.accountId())
        .update();

    // The token is of the moment before.
    as(owner)
        .post(PATH + organization + "/api-keys", keyOf("staff"))
        .refused(403, "account-closing");

    jdbc.sql("DELETE FROM erasure WHERE id = :id").param("id", erasure).update();
    as(owner).post(PATH + organization + "/api-keys", keyOf("staff")).expect(201);
  }

  @Test
  void a_key_is_shown_once_and_acts_with_its_role_in_its_organization_alone() throws Exception {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    UUID other = foundedBy(owner);

    Answer made = as(owner).post(PATH + organization + "/api-keys", keyOf("finance")).expect(201);

    String key = made.text("key");
    assertThat(key).matches("cpdk_[A-Za-z0-9_-]{43}[0-9a-f]{8}").startsWith(made.text("hint"));
    assertThat(as(owner).get(PATH + organization + "/api-keys").expect(200).body().toString())
        .contains(made.id().toString(), "Our web site")
        .doesNotContain(key);
    assertThat(
            jdbc.sql("SELECT to_jsonb(k)::text FROM api_key k WHERE id = :id")
                .param("id", made.id())
                .query(String.class)
                .single())
        .doesNotContain(key);
    assertThat(events.await(ApiKeyMade.class, event -> event.apiKeyId().equals(made.id())))
        .satisfies(told -> {
          assertThat(told.accountId()).isEqualTo(owner.accountId());
          assertThat(told.role()).isEqualTo(MemberRole.FINANCE);
        });
    Answer exchanged = people.exchange(key).expect(200);
    JWTClaimsSet claims = SignedJWT.parse(exchanged.text("accessToken")).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo(made.id().toString());
    assertThat(claims.getStringClaim("sid")).isEqualTo(made.id().toString());
    assertThat(claims.getStringClaim("kby")).isEqualTo(owner.accountId().toString());
    assertThat(claims.getClaim("orgs")).isEqualTo(Map.of(organization.toString(), "finance"));
    assertThat(claims.getClaim("roles")).isNull();
    assertThat(other).isNotEqualTo(organization);
    assertThat(
            as(owner)
                .get(PATH + organization + "/api-keys")
                .body()
                .path("data")
                .path(0)
                .path("lastUsedAt")
                .asString(""))
        .isEqualTo(clock.instant().toString());
    people.exchange(key + "0").refused(401, "session-invalid");
    people.exchange("cpdk_nobodys").refused(401, "session-invalid");
  }

  @Test
  void what_is_for_people_a_key_may_not() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    String bearer =
        TestTokens.token()
            .account(owner.accountId())
            .organization(organization, "owner")
            .apiKey(UUID.randomUUID())
            .bearer();
    ApiClient key = people.newcomer().as(bearer);

    assertThat(key.get(PATH + organization).expect(200).text("role")).isEqualTo("owner");
    key.get(PATH + organization + "/members").expect(200);
    key.get(PATH + organization + "/audit-log").expect(200);
    assertThat(key.patch(PATH + organization, Map.of("name", "By key")).expect(200).text("name"))
        .isEqualTo("By key");
    for (Answer answer :
        List.of(
            key.get("/api/v1/me"),
            key.get("/api/v1/sessions"),
            key.get("/api/v1/audit-log"),
            key.post("/api/v1/organizations", Map.of("name", "Mine")),
            key.post(PATH + organization + "/api-keys", keyOf("owner")),
            key.post(PATH + organization + "/ownership", Map.of("accountId", owner.accountId())),
            key.post(
                PATH + organization + "/members",
                Map.of("email", people.newEmail(), "role", "staff")),
            key.delete(PATH + organization + "/members/" + owner.accountId()))) {
      answer.refused(403, "api-key-refused");
    }
    AuditEntryRecorded renamed =
        events.await(
            AuditEntryRecorded.class,
            entry ->
                organization.equals(entry.organizationId())
                    && entry.action().equals("organization.renamed"));
    assertThat(renamed.actorKind()).isEqualTo("api-key");
    assertThat(renamed.onBehalfOf()).isEqualTo(owner.accountId());
    assertThat(renamed.before()).isEqualTo(Map.of("name", "Keys"));
    assertThat(renamed.after()).isEqualTo(Map.of("name", "By key"));
  }

  @Test
  void an_organization_has_so_many_keys_at_most() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    for (int i = 0; i < MakeApiKey.MAX_KEYS - 1; i++) {
      as(owner).post(PATH + organization + "/api-keys", keyOf("staff")).expect(201);
    }

    List<Answer> answers =
        AtOnce.times(3, () -> as(owner).post(PATH + organization + "/api-keys", keyOf("staff")));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409, 409);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .extracting(Answer::code)
        .containsOnly("api-key-limit-reached");
  }

  @Test
  void a_repeated_request_makes_one_key() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    ApiClient client = as(owner).with("Idempotency-Key", UUID.randomUUID().toString());

    List<Answer> answers =
        AtOnce.times(3, () -> client.post(PATH + organization + "/api-keys", keyOf("staff")));

    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409).contains(201);
    String key = client.post(PATH + organization + "/api-keys", keyOf("staff")).text("key");
    people.exchange(key).expect(200);
    assertThat(as(owner).get(PATH + organization + "/api-keys").body().path("data").size())
        .isEqualTo(1);
  }

  @Test
  void a_key_ends_when_it_is_revoked_and_who_tries_it_then_is_seen_once() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    Answer made = as(owner).post(PATH + organization + "/api-keys", keyOf("staff")).expect(201);
    String path = PATH + organization + "/api-keys/" + made.id();
    as(owner()).delete(path).refused(404, "organization-not-found");
    as(owner)
        .delete(PATH + foundedBy(owner) + "/api-keys/" + made.id())
        .refused(404, "api-key-not-found");
    LoggedIn admin = member(organization, "admin");

    as(admin).delete(path).expect(204);

    as(admin).delete(path).refused(404, "api-key-not-found");
    events.await(ApiKeyEnded.class, event -> event.apiKeyId().equals(made.id()));
    people.exchange(made.text("key")).refused(401, "session-invalid");
    people.exchange(made.text("key")).refused(401, "session-invalid");
    events.await(
        AuditEntryRecorded.class,
        entry ->
            entry.action().equals("api-key.refused")
                && entry.subjectId().equals(made.id().toString()));
    assertThat(
            events.all(AuditEntryRecorded.class).stream()
                .filter(entry -> organization.equals(entry.organizationId()))
                .map(AuditEntryRecorded::action))
        .containsOnlyOnce("api-key.refused", "api-key.made", "api-key.ended");
  }

  @Test
  void a_key_ends_with_its_makers_right_to_make_it() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    LoggedIn admin = member(organization, "admin");
    Answer staffs = as(admin).post(PATH + organization + "/api-keys", keyOf("staff")).expect(201);
    for (String role : List.of("owner", "finance")) {
      as(admin).post(PATH + organization + "/api-keys", keyOf(role)).refused(403, "role-missing");
    }
    as(member(organization, "finance"))
        .post(PATH + organization + "/api-keys", keyOf("staff"))
        .refused(403, "role-missing");

    as(owner)
        .patch(PATH + organization + "/members/" + admin.accountId(), Map.of("role", "staff"))
        .expect(200);

    people.exchange(staffs.text("key")).refused(401, "session-invalid");
    events.await(ApiKeyEnded.class, event -> event.apiKeyId().equals(staffs.id()));
  }

  @Test
  void a_key_expires_and_is_forgotten_in_the_end() {
    LoggedIn owner = owner();
    UUID organization = foundedBy(owner);
    Map<String, Object> wanted = new HashMap<>(keyOf("staff"));
    wanted.put("expiresAt", clock.instant().toString());
    assertThat(
            as(owner)
                .post(PATH + organization + "/api-keys", wanted)
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("expiresAt: in-the-past");
    wanted.put("expiresAt", clock.instant().plus(Duration.ofDays(1)).toString());
    Answer made = as(owner).post(PATH + organization + "/api-keys", wanted).expect(201);
    people.exchange(made.text("key")).expect(200);

    clock.advance(Duration.ofDays(1));

    people.exchange(made.text("key")).refused(401, "session-invalid");
    assertThat(endExpiredApiKeys.handle()).isPositive();
    assertThat(endExpiredApiKeys.handle()).isZero();
    events.await(ApiKeyEnded.class, event -> event.apiKeyId().equals(made.id()));
    clock.advance(RemoveEndedApiKeys.RETENTION.plusSeconds(1));
    assertThat(removeEndedApiKeys.handle()).isPositive();
    assertThat(
            jdbc.sql("SELECT count(*) FROM api_key WHERE id = :id")
                .param("id", made.id())
                .query(Integer.class)
                .single())
        .isZero();
  }
}
