package io.cpdevents.accounts.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.RecordedEvents;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AccountsIntegrationTest
class OrganizationsIT {

  private static final String PATH = "/api/v1/organizations";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;

  @Test
  void who_founds_an_organization_owns_it_and_can_go_on_at_once() {
    LoggedIn founder = people.somebody();
    ApiClient client = people.newcomer().as(founder.bearer());

    Answer founded = client.post(PATH, Map.of("name", " Royal Society "));

    founded.expect(201);
    assertThat(founded.text("name")).isEqualTo("Royal Society");
    assertThat(founded.text("role")).isEqualTo("owner");
    UUID id = founded.id();
    assertThat(client.get(PATH + "/" + id).body()).isEqualTo(founded.body());
    assertThat(events.await(OrganizationChanged.class, event -> event.organizationId().equals(id)))
        .isEqualTo(
            new OrganizationChanged(
                id, 1, "Royal Society", founder.accountId(), List.of(founder.accountId()), null));
    events.await(RolesChanged.class, event -> event.accountId().equals(founder.accountId()));

    Answer members = client.get(PATH + "/" + id + "/members");
    assertThat(members.body().path("data").size()).isEqualTo(1);
    assertThat(members.body().path("data").path(0).path("role").asString()).isEqualTo("owner");
    Answer me = client.get("/api/v1/me");
    assertThat(me.body().path("organizations").path(0).path("organizationId").asString())
        .isEqualTo(id.toString());

    client.patch(PATH + "/" + id, Map.of("name", "Learned Society")).expect(200);
    client.patch(PATH + "/" + id, Map.of("name", "Learned Society")).expect(200);
    assertThat(
            events.await(
                OrganizationChanged.class,
                event -> event.organizationId().equals(id) && event.version() == 2))
        .isEqualTo(
            new OrganizationChanged(
                id, 2, "Learned Society", founder.accountId(), List.of(founder.accountId()), null));
    assertThat(events.all(OrganizationChanged.class))
        .filteredOn(event -> event.organizationId().equals(id))
        .hasSize(2);
  }

  @Test
  void a_rename_is_a_merge_patch_and_a_name_cannot_be_cleared() {
    ApiClient client = people.newcomer().as(people.somebody().bearer());
    String path = PATH + "/" + found(client, "Steady Name");

    assertThat(client.patch(path, Map.of()).expect(200).text("name")).isEqualTo("Steady Name");
    assertThat(client.patch(path, "{\"name\": null}").refused(400, "invalid-request").fieldErrors())
        .containsExactly("name: required");
    assertThat(
            client.patch(path, Map.of("name", " ")).refused(400, "invalid-request").fieldErrors())
        .containsExactly("name: required");
    client.patch(path, Map.of("role", "owner")).refused(400, "unknown-field");
  }

  @Test
  void who_has_not_seen_the_latest_version_renames_nothing() {
    ApiClient client = people.newcomer().as(people.somebody().bearer());
    String path = PATH + "/" + found(client, "First Name");
    String seen = client.get(path).header("ETag");

    Answer renamed = client.with("If-Match", seen).patch(path, Map.of("name", "Second Name"));
    assertThat(renamed.expect(200).header("ETag")).isNotEqualTo(seen).startsWith("\"2-");
    client
        .with("If-Match", seen)
        .patch(path, Map.of("name", "Third Name"))
        .refused(412, "changed-meanwhile");
    assertThat(client.get(path).text("name")).isEqualTo("Second Name");
  }

  @Test
  void parallel_renames_each_get_their_version() {
    LoggedIn founder = people.somebody();
    ApiClient client = people.newcomer().as(founder.bearer());
    UUID id = found(client, "Version One");
    java.util.concurrent.atomic.AtomicInteger number =
        new java.util.concurrent.atomic.AtomicInteger();

    List<Answer> answers =
        AtOnce.times(
            6,
            () ->
                client.patch(PATH + "/" + id, Map.of("name", "Name " + number.incrementAndGet())));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    OrganizationChanged last =
        events.await(
            OrganizationChanged.class,
            event -> event.organizationId().equals(id) && event.version() == 7);
    assertThat(client.get(PATH + "/" + id).body().path("name").asString()).isEqualTo(last.name());
    assertThat(events.all(OrganizationChanged.class))
        .filteredOn(event -> event.organizationId().equals(id))
        .extracting(OrganizationChanged::version)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void one_idempotency_key_founds_one_organization() {
    LoggedIn founder = people.somebody();
    ApiClient client =
        people
            .newcomer()
            .as(founder.bearer())
            .with("Idempotency-Key", UUID.randomUUID().toString());

    List<Answer> answers = AtOnce.times(6, () -> client.post(PATH, Map.of("name", "Once Only")));

    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409);
    assertThat(answers).extracting(Answer::status).contains(201);
    client.post(PATH, Map.of("name", "Once Only")).expect(201);
    assertThat(client.post(PATH, Map.of("name", "Another")).code())
        .isEqualTo("idempotency-key-reused");
    assertThat(
            jdbc.sql("SELECT count(*) FROM organization_member WHERE account_id = :id")
                .param("id", founder.accountId())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void an_organization_is_there_for_its_members_only_and_each_role_has_its_rights() {
    ApiClient owner = people.newcomer().as(people.somebody().bearer());
    UUID id = found(owner, "Closed Circle");
    ApiClient stranger = people.newcomer().as(people.somebody().bearer());
    for (Answer answer :
        List.of(
            stranger.get(PATH + "/" + id),
            stranger.patch(PATH + "/" + id, Map.of("name", "Mine now")),
            stranger.get(PATH + "/" + id + "/members"),
            stranger.get(PATH + "/" + id + "/audit-log"),
            stranger.get(PATH + "/" + UUID.randomUUID()))) {
      answer.refused(404, "organization-not-found");
    }
    for (String role : List.of("staff", "finance")) {
      ApiClient member = people.newcomer().as(member(id, role).bearer());
      assertThat(member.get(PATH + "/" + id).body().path("role").asString()).isEqualTo(role);
      for (Answer answer :
          List.of(
              member.patch(PATH + "/" + id, Map.of("name", "Mine now")),
              member.get(PATH + "/" + id + "/members"),
              member.get(PATH + "/" + id + "/audit-log"))) {
        answer.refused(403, "role-missing");
      }
    }
    ApiClient admin = people.newcomer().as(member(id, "admin").bearer());
    admin.patch(PATH + "/" + id, Map.of("name", "Open Circle")).expect(200);
    assertThat(admin.get(PATH + "/" + id + "/members?limit=2").body().path("data").size())
        .isEqualTo(2);
    people.newcomer().get(PATH + "/" + id).expect(401);
    owner.get(PATH + "/not-an-id").expect(400);
  }

  @Test
  void a_person_belongs_to_so_many_organizations_at_most() {
    LoggedIn founder = people.somebody();
    ApiClient client = people.newcomer().as(founder.bearer());
    for (int i = 1; i < FoundOrganization.MAX_MEMBERSHIPS; i++) {
      found(client, "Society " + i);
    }

    List<Answer> answers = AtOnce.times(4, () -> client.post(PATH, Map.of("name", "The last one")));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .extracting(Answer::code)
        .containsOnly("organization-limit-reached");
  }

  private UUID found(ApiClient client, String name) {
    Answer founded = client.post(PATH, Map.of("name", name));
    founded.expect(201);
    return founded.id();
  }

  private LoggedIn member(UUID organizationId, String role) {
    LoggedIn person = people.somebody();
    jdbc.sql(
            """
            INSERT INTO organization_member (organization_id, account_id, role, joined_at)
            VALUES (:organizationId, :accountId, :role, now())
            """)
        .param("organizationId", organizationId)
        .param("accountId", person.accountId())
        .param("role", role)
        .update();
    return person;
  }
}
