package io.cpdevents.accounts.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.secrets.FormerKey;
import io.cpdevents.accounts.secrets.Sealed;
import io.cpdevents.accounts.secrets.Sha256;
import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Organizations' connections with Zoom. */
@AccountsIntegrationTest
class ZoomIT {

  private static final String PATH = "/api/v1/organizations/";
  private static final String BACK = AccountsIntegrationTest.PUBLIC_URL + "/settings?tab=zoom#top";
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(20);

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired RefreshZoomTokens refresh;
  @Autowired KeepZoomConnections keep;
  @Autowired RewrapZoomTokens rewrap;
  @Autowired RemoveExpiredZoomAuthorizations removeExpired;
  @Autowired ZoomConnections connections;
  @Autowired ZoomVault vault;

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }

  private UUID foundedBy(LoggedIn owner) {
    return as(owner).post("/api/v1/organizations", Map.of("name", "Webinars")).expect(201).id();
  }

  /** A name for what belongs to one test. */
  private static String name() {
    return UUID.randomUUID().toString();
  }

  private URI begun(LoggedIn owner, UUID organization) {
    Answer page =
        as(owner).put(PATH + organization + "/zoom", Map.of("returnUrl", BACK)).expect(201);
    assertThat(page.header("Location")).isEqualTo(page.text("url"));
    return URI.create(page.text("url"));
  }

  private static Map<String, String> query(URI url) {
    return Arrays.stream(url.getRawQuery().split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
  }

  private Answer callback(LoggedIn owner, URI page, String code) {
    return as(owner)
        .get("/api/v1/zoom/callback?code=%s&state=%s".formatted(code, query(page).get("state")));
  }

  /** The organization is connected by tokens of this name. Returns the connection's id. */
  private UUID connected(LoggedIn owner, UUID organization, String name) {
    ZoomAtTest.givesForCode("code-" + name, name, "host-" + name);
    return comesBack(owner, organization, name);
  }

  private UUID comesBack(LoggedIn owner, UUID organization, String name) {
    Answer answer = callback(owner, begun(owner, organization), "code-" + name).expect(303);
    assertThat(answer.header("Location")).contains("zoom=connected");
    return idOf(organization);
  }

  private UUID idOf(UUID organization) {
    return jdbc.sql(
            """
            SELECT id FROM zoom_connection
             WHERE organization_id = :id AND status IN ('connected', 'broken')
            """)
        .param("id", organization)
        .query((row, _) -> row.getObject("id", UUID.class))
        .single();
  }

  private String statusOf(LoggedIn owner, UUID organization) {
    return as(owner).get(PATH + organization + "/zoom").expect(200).text("status");
  }

  private int rowsOf(UUID organization) {
    return jdbc.sql("SELECT count(*) FROM zoom_connection WHERE organization_id = :id")
        .param("id", organization)
        .query(Integer.class)
        .single();
  }

  private List<String> auditOf(UUID organization) {
    return events.all(AuditEntryRecorded.class).stream()
        .filter(entry -> organization.equals(entry.organizationId()))
        .map(AuditEntryRecorded::action)
        .filter(action -> action.startsWith("zoom-"))
        .toList();
  }

  @Test
  void an_owner_connects_and_nobody_sees_the_tokens() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    assertThat(statusOf(owner, organization)).isEqualTo("not-connected");
    String name = name();
    ZoomAtTest.givesForCode("code-" + name, name, "host-" + name);

    URI page = begun(owner, organization);
    Answer back = callback(owner, page, "code-" + name).expect(303);

    assertThat(page.toString()).startsWith(ZoomAtTest.AUTHORIZE_URL + "?");
    assertThat(query(page))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", ZoomAtTest.CLIENT_ID)
        .containsEntry("redirect_uri", "http://localhost:8080/api/v1/zoom/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(back.header("Location"))
        .isEqualTo("http://localhost:8080/settings?tab=zoom&zoom=connected#top");
    String sent = ZoomAtTest.tokenRequests("code=code-" + name).getFirst().getBodyAsString();
    Map<String, String> exchange = query(URI.create("x:/?" + sent));
    assertThat(exchange)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("redirect_uri", query(page).get("redirect_uri"));
    assertThat(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(exchange.getOrDefault("code_verifier", ""))))
        .isEqualTo(query(page).get("code_challenge"));
    Answer shown = as(owner).get(PATH + organization + "/zoom").expect(200);
    assertThat(shown.text("status")).isEqualTo("connected");
    assertThat(shown.text("connectedAs")).isEqualTo("host-" + name + "@zoom.example");
    assertThat(shown.text("connectedBy")).isEqualTo(owner.accountId().toString());
    assertThat(shown.body().path("scopes").size()).isEqualTo(2);
    assertThat(shown.plain()).doesNotContain("access-", "refresh-");
    String rows =
        jdbc.sql(
                """
                SELECT string_agg(to_jsonb(c)::text, ' ')
                         || coalesce((SELECT string_agg(to_jsonb(a)::text, ' ')
                                        FROM zoom_authorization a), '')
                  FROM zoom_connection c
                """)
            .query(String.class)
            .single();
    assertThat(rows)
        .contains("\"key_id\": \"present\"")
        .doesNotContain("access-" + name, "refresh-" + name, query(page).get("state"));
    await()
        .atMost(MAX_WAIT_TIME)
        .untilAsserted(() ->
            assertThat(auditOf(organization))
                .containsExactlyInAnyOrder("zoom-connection.requested", "zoom-connection.made"));
  }

  @Test
  void a_state_counts_once_in_the_session_that_has_begun_and_for_ten_minutes() {
    String email = people.newEmail();
    people.verified(email);
    LoggedIn owner = people.loggedIn(email);
    LoggedIn elsewhere = people.loggedIn(email);
    UUID organization = foundedBy(owner);
    String name = name();
    ZoomAtTest.givesForCode("code-" + name, name, "host-" + name);

    URI stale = begun(owner, organization);
    URI page = begun(owner, organization);

    callback(owner, stale, "code-" + name).refused(400, "zoom-authorization-invalid");
    callback(elsewhere, page, "code-" + name).refused(400, "zoom-authorization-invalid");
    callback(people.somebody(), page, "code-" + name).refused(400, "zoom-authorization-invalid");
    assertThat(ZoomAtTest.tokenRequests("code-" + name)).isEmpty();
    List<Answer> answers = AtOnce.times(3, () -> callback(owner, page, "code-" + name));
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(303, 400, 400);
    assertThat(ZoomAtTest.tokenRequests("code-" + name)).hasSize(1);

    URI late = begun(owner, organization);
    clock.advance(ZoomAuthorization.LIFETIME);
    callback(owner, late, "code-" + name).refused(400, "zoom-authorization-invalid");
    assertThat(removeExpired.handle()).isPositive();
    assertThat(removeExpired.handle()).isZero();
  }

  @Test
  void what_was_declined_or_fails_connects_nothing_and_the_page_is_told() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    ZoomAtTest.refusesCode("code-" + name);

    String state = query(begun(owner, organization)).getOrDefault("state", "");
    Answer declined =
        as(owner)
            .get("/api/v1/zoom/callback?error=access_denied&error_description=No&state=" + state)
            .expect(303);
    Answer failed = callback(owner, begun(owner, organization), "code-" + name).expect(303);

    assertThat(declined.header("Location")).contains("zoom=declined");
    assertThat(failed.header("Location")).contains("zoom=failed");
    assertThat(statusOf(owner, organization)).isEqualTo("not-connected");
  }

  @Test
  void only_owners_and_admins_connect_and_only_to_come_back_to_us() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    LoggedIn staff = member(organization, "staff");
    Map<String, String> body = Map.of("returnUrl", BACK);
    for (Answer answer :
        List.of(
            as(staff).put(PATH + organization + "/zoom", body),
            as(staff).get(PATH + organization + "/zoom"),
            as(staff).delete(PATH + organization + "/zoom"))) {
      answer.refused(403, "role-missing");
    }
    LoggedIn stranger = people.somebody();
    as(stranger).put(PATH + organization + "/zoom", body).refused(404, "organization-not-found");
    for (Map.Entry<String, String> wrong :
        Map.of(
                "https://evil.example/", "not-allowed",
                "http://localhost:8080/{CHECKOUT_SESSION_ID}", "wrong-format")
            .entrySet()) {
      assertThat(
              as(owner)
                  .put(PATH + organization + "/zoom", Map.of("returnUrl", wrong.getKey()))
                  .refused(400, "invalid-request")
                  .fieldErrors())
          .containsExactly("returnUrl: " + wrong.getValue());
    }
    LoggedIn admin = member(organization, "admin");
    URI page = begun(admin, organization);
    jdbc.sql("UPDATE organization_member SET role = 'staff' WHERE account_id = :id")
        .param("id", admin.accountId())
        .update();
    callback(admin, page, "code-" + name()).refused(403, "role-missing");
  }

  @Test
  void another_connection_takes_the_place_of_the_one_before() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String first = name();
    connected(owner, organization, first);
    String second = name();
    ZoomAtTest.givesForCode("code-" + second, second, "host-" + first);
    comesBack(owner, organization, second);
    assertThat(rowsOf(organization)).isEqualTo(1);
    String third = name();
    ZoomAtTest.takesBack(second);

    connected(owner, organization, third);

    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(organization) == 1);
    assertThat(ZoomAtTest.revocations(first)).isEmpty();
    assertThat(ZoomAtTest.revocations(second)).hasSize(1);
    assertThat(as(owner).get(PATH + organization + "/zoom").text("connectedAs"))
        .isEqualTo("host-" + third + "@zoom.example");
  }

  @Test
  void who_disconnects_has_zoom_told_as_soon_as_it_answers() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    connected(owner, organization, name);
    ZoomAtTest.doesNotAnswerToRevocation(name);

    as(owner).delete(PATH + organization + "/zoom").expect(204);

    as(owner).delete(PATH + organization + "/zoom").expect(204);
    assertThat(statusOf(owner, organization)).isEqualTo("not-connected");
    await().atMost(MAX_WAIT_TIME).until(() -> !ZoomAtTest.revocations(name).isEmpty());
    assertThat(rowsOf(organization)).isEqualTo(1);
    String ended =
        jdbc.sql("SELECT id::text FROM zoom_connection WHERE organization_id = :id")
            .param("id", organization)
            .query(String.class)
            .single();
    assertThat(stuck("disconnecting")).doesNotContain(ended);
    clock.advance(Duration.ofHours(2));
    assertThat(stuck("disconnecting")).contains(ended);
    ZoomAtTest.takesBack(name);
    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(organization) == 0);
    assertThat(ZoomAtTest.revocations(name)).hasSizeGreaterThanOrEqualTo(2);
    await()
        .atMost(MAX_WAIT_TIME)
        .untilAsserted(
            () -> assertThat(auditOf(organization)).containsOnlyOnce("zoom-connection.ended"));
  }

  @Test
  void an_access_token_that_has_expired_is_renewed_to_take_the_grant_back() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    ZoomAtTest.givesShortLivedForCode("code-" + name, name, "host-" + name);
    comesBack(owner, organization, name);
    String fresh = name();
    ZoomAtTest.refreshes(name, fresh);
    ZoomAtTest.takesBack(fresh);

    as(owner).delete(PATH + organization + "/zoom").expect(204);

    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(organization) == 0);
    assertThat(ZoomAtTest.revocations(name)).isEmpty();
    assertThat(ZoomAtTest.revocations(fresh)).hasSize(1);
  }

  @Test
  void of_many_at_once_one_refreshes_and_the_next_uses_what_it_got() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    String second = name();
    ZoomAtTest.refreshesSlowly(name, second);

    List<String> outcomes = AtOnce.times(5, () -> refreshed(connection));

    assertThat(outcomes).containsOnlyOnce("access-" + second);
    assertThat(outcomes).filteredOn("busy"::equals).hasSize(4);
    assertThat(ZoomAtTest.tokenRequests("refresh-" + name)).hasSize(1);
    ZoomAtTest.refreshes(second, "third-" + name);
    assertThat(refreshed(connection)).isEqualTo("access-third-" + name);
    assertThat(ZoomAtTest.tokenRequests("refresh-" + name)).hasSize(1);
  }

  private String refreshed(UUID connection) {
    try {
      return refresh.handle(connection).orElse("refused");
    } catch (ZoomUnavailable e) {
      return "busy";
    }
  }

  @Test
  void a_lost_answer_is_asked_for_once_more_and_a_refusal_then_breaks_the_connection_once() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    ZoomAtTest.losesAnswerToRefresh(name);

    assertThatExceptionOfType(ZoomUnavailable.class).isThrownBy(() -> refresh.handle(connection));

    assertThat(statusOf(owner, organization)).isEqualTo("connected");
    // Zoom had taken the refresh token, and takes each of them once.
    ZoomAtTest.refusesRefresh(name);
    assertThat(refreshed(connection)).isEqualTo("refused");
    assertThat(refreshed(connection)).isEqualTo("busy");
    Answer shown = as(owner).get(PATH + organization + "/zoom").expect(200);
    assertThat(shown.text("status")).isEqualTo("broken");
    assertThat(shown.text("brokenAt")).isEqualTo(clock.instant().toString());
    events.await(ZoomConnectionBroken.class, event -> event.connectionId().equals(connection));
    int asked = ZoomAtTest.tokenRequests("refresh-" + name).size();
    clock.advance(RefreshZoomTokens.KEEP_ALIVE_INTERVAL);
    keep.handle();
    assertThat(ZoomAtTest.tokenRequests("refresh-" + name)).hasSize(asked);
    assertThat(
            events.all(ZoomConnectionBroken.class).stream()
                .filter(event -> event.connectionId().equals(connection)))
        .hasSize(1);
    String again = name();
    connected(owner, organization, again);
    assertThat(statusOf(owner, organization)).isEqualTo("connected");
    assertThat(rowsOf(organization)).isEqualTo(1);
  }

  @Test
  void a_refresh_that_died_is_taken_up_again_by_the_job() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    String second = name();
    ZoomAtTest.refreshes(name, second);
    // So it is after a crash: leased, and nobody is at it.
    jdbc.sql(
            """
            UPDATE zoom_connection
               SET lease_id = uuidv7(), leased_until = now() + interval '1 minute',
                   refreshing_since = now(), refresh_failures = 1, refresh_due_at = :now
             WHERE id = :id
            """)
        .param("id", connection)
        .param("now", java.sql.Timestamp.from(clock.instant()))
        .update();
    keep.handle();
    assertThat(ZoomAtTest.tokenRequests("refresh-" + name)).isEmpty();
    jdbc.sql("UPDATE zoom_connection SET leased_until = now() WHERE id = :id")
        .param("id", connection)
        .update();

    keep.handle();

    assertThat(ZoomAtTest.tokenRequests("refresh-" + name)).hasSize(1);
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM zoom_connection
                     WHERE id = :id AND refreshing_since IS NULL AND lease_id IS NULL
                       AND refresh_failures = 0
                    """)
                .param("id", connection)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void a_late_refusal_ends_nothing_that_another_one_has_renewed_since() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    ZoomAtTest.refusesRefreshSlowly(name);
    CompletableFuture<String> late = CompletableFuture.supplyAsync(() -> refreshed(connection));
    await()
        .atMost(MAX_WAIT_TIME)
        .pollInterval(Duration.ofMillis(10))
        .until(() ->
            jdbc.sql("SELECT lease_id IS NOT NULL FROM zoom_connection WHERE id = :id")
                .param("id", connection)
                .query(Boolean.class)
                .single());

    // So it is when the lease was over, and another instance has saved what it got.
    jdbc.sql("UPDATE zoom_connection SET lease_id = NULL, leased_until = NULL WHERE id = :id")
        .param("id", connection)
        .update();

    late.join();
    assertThat(statusOf(owner, organization)).isEqualTo("connected");
  }

  @Test
  void with_a_member_goes_what_they_have_allowed_at_zoom_and_the_owner_is_told() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    LoggedIn admin = member(organization, "admin");
    String name = name();
    UUID connection = connected(admin, organization, name);
    LoggedIn other = member(organization, "admin");
    ZoomAtTest.takesBack(name);

    as(owner).delete(PATH + organization + "/members/" + other.accountId()).expect(204);
    assertThat(statusOf(owner, organization)).isEqualTo("connected");
    as(owner).delete(PATH + organization + "/members/" + admin.accountId()).expect(204);

    assertThat(statusOf(owner, organization)).isEqualTo("not-connected");
    events.await(ZoomConnectionBroken.class, event -> event.connectionId().equals(connection));
    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(organization) == 0);
    assertThat(ZoomAtTest.revocations(name)).hasSize(1);
  }

  @Test
  void ending_one_of_two_organizations_of_the_same_person_at_zoom_leaves_the_other_connected() {
    LoggedIn owner = people.somebody();
    UUID first = foundedBy(owner);
    UUID second = foundedBy(owner);
    String name = name();
    connected(owner, first, name);
    String other = name();
    ZoomAtTest.givesForCode("code-" + other, other, "host-" + name);
    comesBack(owner, second, other);

    as(owner).delete(PATH + first + "/zoom").expect(204);

    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(first) == 0);
    assertThat(ZoomAtTest.revocations(name)).isEmpty();
    ZoomAtTest.takesBack(other);
    as(owner).delete(PATH + second + "/zoom").expect(204);
    await().atMost(MAX_WAIT_TIME).until(() -> rowsOf(second) == 0);
    assertThat(ZoomAtTest.revocations(other)).hasSize(1);
  }

  @Test
  void an_outage_breaks_nothing_and_is_tried_again_later() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    for (Map.Entry<Integer, String> failure :
        Map.of(503, "busy", 429, "busy", 401, "invalid_client", 400, "invalid_client").entrySet()) {
      ZoomAtTest.failsAtRefresh(name, failure.getKey(), failure.getValue());
      assertThat(refreshed(connection)).isEqualTo("busy");
    }
    assertThat(statusOf(owner, organization)).isEqualTo("connected");
    assertThat(
            jdbc.sql("SELECT refresh_failures FROM zoom_connection WHERE id = :id")
                .param("id", connection)
                .query(Integer.class)
                .single())
        .isEqualTo(4);
    assertThat(stuck("refreshing")).doesNotContain(connection.toString());
    jdbc.sql(
            """
            UPDATE zoom_connection SET refreshing_since = refreshing_since - interval '25 hours'
             WHERE id = :id
            """)
        .param("id", connection)
        .update();
    assertThat(stuck("refreshing")).contains(connection.toString());
    String second = name();
    ZoomAtTest.refreshes(name, second);
    clock.advance(Duration.ofHours(6));

    keep.handle();

    assertThat(
            vault
                .open(organization, connections.findHeld(connection).orElseThrow().sealed())
                .accessToken())
        .isEqualTo("access-" + second);
  }

  @Test
  void what_is_under_a_former_key_comes_under_the_present_one() {
    LoggedIn owner = people.somebody();
    UUID organization = foundedBy(owner);
    String name = name();
    UUID connection = connected(owner, organization, name);
    Sealed former =
        FormerKey.seal(
            organization.toString(),
            "{\"accessToken\": \"a\", \"refreshToken\": \"r\"}".getBytes(StandardCharsets.UTF_8));
    jdbc.sql(
            """
            UPDATE zoom_connection
               SET key_id = :keyId, data_key_encrypted = :dataKey, tokens_encrypted = :tokens
             WHERE id = :id
            """)
        .param("id", connection)
        .param("keyId", former.keyId())
        .param("dataKey", former.dataKey())
        .param("tokens", former.content())
        .update();

    assertThat(rewrap.handle()).isEqualTo(1);

    assertThat(rewrap.handle()).isZero();
    Sealed now = connections.findHeld(connection).orElseThrow().sealed();
    assertThat(now.keyId()).isEqualTo("present");
    assertThat(now.content()).isEqualTo(former.content());
    assertThat(vault.open(organization, now).refreshToken()).isEqualTo("r");
  }

  private List<String> stuck(String state) {
    return people
        .newcomer()
        .as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-support"), Map.of()))
        .get("/api/v1/ops/accounts/processes/zoom-connection/states/" + state + "?limit=100")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(one -> one.path("id").asString())
        .toList();
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
}
