package io.cpdevents.accounts.members;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.zoom.ZoomAtTest;
import io.cpdevents.contracts.accounts.MemberEvent.OrganizationClosed;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.accounts.SessionEvent.ApiKeyEnded;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An owner closes an organization. */
@AccountsIntegrationTest
class ClosingIT {

  private static final String ORGANIZATIONS = "/api/v1/organizations";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;

  private LoggedIn owner;
  private UUID organization;
  private String path;

  @BeforeEach
  void found() {
    owner = people.somebody();
    organization = as(owner).post(ORGANIZATIONS, Map.of("name", "Circle")).expect(201).id();
    path = ORGANIZATIONS + "/" + organization;
    open("[]", "[]", "[]");
  }

  /** What is open of the organization, by registration, billing and payout. */
  private void open(String registration, String billing, String payout) {
    String internal = "/internal/organizations/" + organization;
    stub(put(urlEqualTo("/registration" + internal + "/closing")), registration);
    stub(get(urlEqualTo("/billing" + internal + "/open-matters")), billing);
    stub(get(urlEqualTo("/payout" + internal + "/open-matters")), payout);
  }

  private static void stub(MappingBuilder request, String answer) {
    ZoomAtTest.server().stubFor(request.willReturn(okJson(answer)));
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  private void joins(LoggedIn person, String role) {
    jdbc.sql(
            """
            INSERT INTO organization_member (organization_id, account_id, role, joined_at)
            VALUES (:organizationId, :accountId, :role, now())
            """)
        .param("organizationId", organization)
        .param("accountId", person.accountId())
        .param("role", role)
        .update();
  }

  @Test
  void it_is_gone_for_all_who_belonged_to_it_and_everybody_is_told() {
    LoggedIn staff = people.somebody();
    joins(staff, "staff");
    Answer key =
        as(owner).post(path + "/api-keys", Map.of("name", "Shop", "role", "admin")).expect(201);
    String invited = people.newEmail();
    as(owner).post(path + "/members", Map.of("email", invited, "role", "staff")).expect(202);

    as(owner).delete(path).expect(204);

    as(owner).get(path).refused(404, "organization-not-found");
    as(staff).get(path).refused(404, "organization-not-found");
    as(owner).delete(path).refused(404, "organization-not-found");
    as(owner).patch(path, Map.of("name", "Still here")).refused(404, "organization-not-found");
    assertThat(as(owner).get("/api/v1/me").expect(200).body().path("organizations").size())
        .isZero();
    OrganizationChanged told =
        events.await(
            OrganizationChanged.class,
            changed -> changed.organizationId().equals(organization) && changed.version() == 2);
    assertThat(told.closedAt()).isEqualTo(clock.instant());
    assertThat(told.ownerAccountId()).isEqualTo(owner.accountId());
    OrganizationClosed closed =
        events.await(
            OrganizationClosed.class, event -> event.organizationId().equals(organization));
    assertThat(closed.memberAccountIds())
        .containsExactlyInAnyOrder(owner.accountId(), staff.accountId());
    events.await(ApiKeyEnded.class, ended -> ended.apiKeyId().equals(key.id()));
    assertThat(count("invitation", "organization_id = :id")).isZero();
    assertThat(count("api_key", "organization_id = :id AND ended_at IS NULL")).isZero();
    await()
        .untilAsserted(() ->
            assertThat(
                    count(
                        "audit_entry",
                        "organization_id = :id AND action = 'organization.closed'"
                            + " AND before ->> 'status' = 'open'"))
                .isOne());
    // Nobody is the last owner of it any more.
    as(owner).delete("/api/v1/me").expect(202);
  }

  private int count(String table, String condition) {
    return jdbc.sql("SELECT count(*) FROM " + table + " WHERE " + condition)
        .param("id", organization)
        .query(Integer.class)
        .single();
  }

  @Test
  void nothing_is_closed_while_something_is_open() {
    open("[\"events\"]", "[\"refunds\", \"disputes\"]", "[\"balance\"]");

    Answer refused = as(owner).delete(path);

    refused.refused(409, "organization-busy");
    assertThat(refused.text("detail")).contains("refunds, disputes, balance", "by refunds");
    as(owner).get(path).expect(200);
    open("[\"events\"]", "[]", "[]");
    assertThat(as(owner).delete(path).text("detail")).contains("events");
    open("[]", "[]", "[\"payouts\"]");
    as(owner).delete(path).refused(409, "organization-busy");
    ZoomAtTest.server()
        .stubFor(
            get(urlEqualTo("/payout/internal/organizations/" + organization + "/open-matters"))
                .willReturn(aResponse().withStatus(503)));
    as(owner).delete(path).refused(503, "service-unavailable");
    as(owner).get(path).expect(200);
  }

  @Test
  void only_an_owner_who_has_just_proved_it_closes_it() {
    LoggedIn admin = people.somebody();
    joins(admin, "admin");
    as(admin).delete(path).refused(403, "role-missing");
    as(people.somebody()).delete(path).refused(404, "organization-not-found");
    String seen = as(owner).get(path).expect(200).header("ETag");
    as(owner).patch(path, Map.of("name", "Another circle")).expect(200);
    as(owner).with("If-Match", seen).delete(path).refused(412, "changed-meanwhile");

    as(owner).get(path).expect(200);
  }

  @Test
  void two_owners_close_it_once() {
    List<Answer> answers = AtOnce.times(4, () -> as(owner).delete(path));

    assertThat(answers.stream().filter(answer -> answer.status() == 204)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 404)).hasSize(3);
  }
}
