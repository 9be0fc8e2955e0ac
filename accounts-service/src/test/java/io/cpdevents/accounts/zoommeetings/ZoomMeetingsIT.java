package io.cpdevents.accounts.zoommeetings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.cpdevents.accounts.zoommeetings.MeetingsAtZoom.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.zoom.ZoomAtTest;
import io.cpdevents.accounts.zoommeetings.MeetingsAtZoom.Guest;
import io.cpdevents.contracts.accounts.AttendanceEvent.MeetingAttended;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meetings at Zoom for online events, and who is registered there. */
@AccountsIntegrationTest
class ZoomMeetingsIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(20);

  @Autowired People people;
  @Autowired Facts facts;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired TransactionTemplate transaction;
  @Autowired TendMeetings tendMeetings;
  @Autowired FindRegistrants findRegistrants;
  @Autowired TendRegistrants tendRegistrants;
  @Autowired CloseMeetings closeMeetings;
  @Autowired ReadAttendance readAttendance;
  @Autowired GiveUpReports giveUpReports;
  @Autowired RecordedEvents events;
  @Autowired ForgetRegistrants forgetRegistrants;

  private LoggedIn owner;
  private UUID organization;
  private final UUID event = UUID.randomUUID();
  private final UUID registration = UUID.randomUUID();
  private final String host = "host-" + UUID.randomUUID();
  private Instant startsAt;

  @BeforeEach
  void found() {
    owner = people.somebody();
    organization = as().post("/api/v1/organizations", Map.of("name", "Webinars")).expect(201).id();
    startsAt = clock.instant().plus(Duration.ofDays(10));
  }

  /** The organization, not connected yet, has these tokens once it is. */
  private static MeetingsAtZoom founded() {
    return new MeetingsAtZoom(
        "access-" + UUID.randomUUID(), ThreadLocalRandom.current().nextLong(1L << 40));
  }

  private ApiClient as() {
    return people.newcomer().as(owner.bearer());
  }

  private MeetingsAtZoom connected(MeetingsAtZoom zoom) {
    String name = zoom.token().substring("access-".length());
    ZoomAtTest.givesForCode("code-" + name, name, host);
    URI page =
        URI.create(
            as().put(
                    "/api/v1/organizations/" + organization + "/zoom",
                    Map.of("returnUrl", AccountsIntegrationTest.PUBLIC_URL + "/back"))
                .expect(201)
                .text("url"));
    String state = UriComponentsBuilder.fromUri(page).build().getQueryParams().getFirst("state");
    as().get("/api/v1/zoom/callback?code=code-%s&state=%s".formatted(name, state)).expect(303);
    return zoom;
  }

  private EventChanged told(long version, String title, String mode, String status) {
    return new EventChanged(
        event,
        version,
        organization,
        title,
        startsAt,
        startsAt.plus(Duration.ofMinutes(90)),
        "America/Toronto",
        status,
        null,
        mode);
  }

  private EventChanged online() {
    return told(1, "Suturing", "online", "published");
  }

  private Guest guest(String email) {
    return new Guest(registration, UUID.randomUUID(), "Ada King Lovelace", email);
  }

  private static String newEmail() {
    return "guest-" + UUID.randomUUID() + "@example.org";
  }

  private RegistrationConfirmed confirmed() {
    return new RegistrationConfirmed(
        registration, owner.accountId(), event, organization, null, clock.instant());
  }

  private RegistrationCancelled cancelled() {
    return new RegistrationCancelled(
        registration,
        owner.accountId(),
        event,
        organization,
        null,
        CancellationCause.ATTENDEE,
        true,
        List.of(),
        null,
        null,
        clock.instant());
  }

  /** The jobs, which also run by themselves. */
  private void work() {
    tendMeetings.handle();
    findRegistrants.handle();
    tendRegistrants.handle();
  }

  private void awaitWork(ThrowingRunnable assertion) {
    await()
        .atMost(MAX_WAIT_TIME)
        .untilAsserted(() -> {
          work();
          assertion.run();
        });
  }

  private String statusOfMeeting() {
    return jdbc.sql("SELECT status FROM zoom_meeting WHERE event_id = :id")
        .param("id", event)
        .query(String.class)
        .optional()
        .orElse("unknown");
  }

  private List<String> registrants() {
    return jdbc.sql("SELECT status FROM zoom_registrant WHERE event_id = :id")
        .param("id", event)
        .query((row, _) -> row.getString("status"))
        .list();
  }

  private void awaitStatus(String status) {
    awaitWork(() -> assertThat(statusOfMeeting()).isEqualTo(status));
  }

  /** It was heard of what was told so far. */
  private void awaitHeard(long version) {
    await()
        .atMost(MAX_WAIT_TIME)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT event_version FROM zoom_meeting WHERE event_id = :id")
                        .param("id", event)
                        .query(Long.class)
                        .optional())
                .contains(version));
  }

  private void awaitNoted(int revision) {
    await()
        .atMost(MAX_WAIT_TIME)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT revision FROM zoom_registration WHERE registration_id = :id")
                        .param("id", registration)
                        .query(Integer.class)
                        .optional())
                .contains(revision));
  }

  /** What was told of the registration so far is settled. */
  private void awaitSettled(int revision) {
    awaitNoted(revision);
    awaitWork(() ->
        assertThat(
                jdbc.sql("SELECT due_at IS NULL FROM zoom_registration WHERE registration_id = :id")
                    .param("id", registration)
                    .query(Boolean.class)
                    .single())
            .isTrue());
  }

  /** Zoom was told in vain, and will be told again. */
  private void awaitFailed(String table) {
    awaitWork(() ->
        assertThat(
                jdbc.sql("SELECT failing_since IS NOT NULL FROM " + table + " WHERE event_id = :id")
                    .param("id", event)
                    .query(Boolean.class)
                    .optional())
            .contains(true));
  }

  private Instant dueAt(String table) {
    return jdbc.sql("SELECT due_at FROM " + table + " WHERE event_id = :id")
        .param("id", event)
        .query((row, _) -> Columns.instant(row, "due_at"))
        .single();
  }

  private List<String> stuck(String process) {
    return people
        .newcomer()
        .as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-support"), Map.of()))
        .get("/api/v1/ops/accounts/processes/" + process + "/states/failing?limit=100")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(one -> one.path("id").asString())
        .toList();
  }

  private static JsonNode bodyOf(LoggedRequest request) {
    return JSON.readTree(request.getBodyAsString());
  }

  @Test
  void an_online_event_has_a_meeting_whose_registrants_come_and_go_with_tickets() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    zoom.deletesRegistrant("ada");
    facts.tell(online());
    awaitStatus("present");
    JsonNode made = bodyOf(zoom.made().getFirst());
    assertThat(made.path("topic").asString()).isEqualTo("Suturing");
    assertThat(made.path("duration").asInt()).isEqualTo(90);
    assertThat(made.path("timezone").asString()).isEqualTo("America/Toronto");
    assertThat(made.path("start_time").asString())
        .isEqualTo(clock.instant().plus(Duration.ofDays(10)).toString());
    assertThat(made.path("settings").path("approval_type").asInt(-1)).isZero();
    assertThat(made.path("settings").path("registrants_email_notification").asBoolean()).isTrue();
    String email = newEmail();
    MeetingsAtZoom.attend(registration, guest(email));

    facts.tell(confirmed());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));

    // All that Zoom is told of a person.
    assertThat(bodyOf(zoom.added().getFirst()).properties().stream().map(Map.Entry::toString))
        .containsExactlyInAnyOrder(
            "email=\"" + email + "\"", "first_name=\"Ada King\"", "last_name=\"Lovelace\"");
    assertThat(
            jdbc.sql("SELECT to_jsonb(r)::text FROM zoom_registrant r WHERE event_id = :id")
                .param("id", event)
                .query(String.class)
                .single())
        .doesNotContain(email, "Ada");
    MeetingsAtZoom.attend(registration);
    facts.tell(cancelled());
    awaitWork(() -> assertThat(registrants()).isEmpty());
    assertThat(zoom.removed("ada")).hasSize(1);
    assertThat(zoom.made()).hasSize(1);
    assertThat(zoom.added()).hasSize(1);
  }

  @Test
  void what_comes_twice_late_or_in_the_wrong_order_changes_nothing() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.changesMeeting();
    zoom.addsRegistrants("ada");
    MeetingsAtZoom.attend(registration);
    UUID eventId = UUID.randomUUID();
    // Of the registration it is heard before its event, and of the cancellation first.
    facts.tell(cancelled());
    facts.tell(confirmed());
    awaitNoted(2);
    facts.tell(told(3, "Suturing", "online", "published"), eventId);
    facts.tell(told(3, "Suturing", "online", "published"), eventId);
    facts.tell(told(2, "Older", "online", "published"));
    facts.tell(told(1, "Oldest", "online", "cancelled"));
    awaitStatus("present");
    work();
    assertThat(zoom.made()).hasSize(1);
    assertThat(zoom.changed()).isEmpty();
    assertThat(zoom.added()).isEmpty();
    assertThat(registrants()).isEmpty();
    // A change of what Zoom does not show.
    facts.tell(told(4, "Suturing", "online", "published"));
    awaitHeard(4);
    work();
    assertThat(zoom.changed()).isEmpty();

    facts.tell(told(5, "Knots", "hybrid", "published"));

    awaitWork(() -> assertThat(zoom.changed()).hasSize(1));
    assertThat(bodyOf(zoom.changed().getFirst()).path("topic").asString()).isEqualTo("Knots");
  }

  @Test
  void tickets_of_one_address_are_one_registrant_who_goes_with_the_last_of_them() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    zoom.deletesRegistrant("ada");
    String email = newEmail();
    Guest first = guest(email);
    Guest second = guest(email.toUpperCase(java.util.Locale.ROOT));
    MeetingsAtZoom.attend(registration, first, second);
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    assertThat(zoom.added()).hasSize(1);

    MeetingsAtZoom.attend(registration, second);
    facts.tell(
        new TicketsCancelled(
            registration,
            owner.accountId(),
            event,
            organization,
            null,
            CancellationCause.ATTENDEE,
            List.of(first.ticketId()),
            null,
            null,
            clock.instant()));
    awaitSettled(2);
    work();
    assertThat(registrants()).containsExactly("present");
    assertThat(zoom.removed("ada")).isEmpty();
    MeetingsAtZoom.attend(registration);
    facts.tell(cancelled());
    awaitWork(() -> assertThat(registrants()).isEmpty());
    assertThat(zoom.removed("ada")).hasSize(1);
  }

  @Test
  void an_event_that_is_cancelled_or_no_longer_online_loses_its_meeting() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.deletesMeeting();
    zoom.addsRegistrants("ada");
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));

    facts.tell(told(2, "Suturing", "in-person", "published"));
    awaitStatus("none");
    assertThat(zoom.deleted()).hasSize(1);
    assertThat(registrants()).containsExactly("adding");

    facts.tell(told(3, "Suturing", "online", "published"));
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    assertThat(zoom.made()).hasSize(2);
    assertThat(zoom.added()).hasSize(2);
    facts.tell(told(4, "Suturing", "online", "cancelled"));
    awaitStatus("none");
    assertThat(zoom.deleted()).hasSize(2);
  }

  @Test
  void a_meeting_and_a_registrant_whose_answers_were_lost_are_found_and_not_made_twice() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetingsAndLosesTheAnswer();
    zoom.listsMeetings("CPD Events " + event);
    zoom.changesMeeting();
    facts.tell(online());
    awaitFailed("zoom_meeting");
    assertThat(zoom.made()).hasSize(1);
    assertThat(statusOfMeeting()).isEqualTo("wanted");
    clock.advance(Duration.ofMinutes(1));

    awaitStatus("present");

    assertThat(zoom.made()).hasSize(1);
    // What was found may be older than the event is by now.
    awaitWork(() -> assertThat(zoom.changed()).hasSize(1));
    zoom.addsRegistrantsAndLosesTheAnswer();
    String email = newEmail();
    zoom.listsRegistrant("ada", email.toUpperCase(java.util.Locale.ROOT));
    MeetingsAtZoom.attend(registration, guest(email));
    facts.tell(confirmed());
    awaitFailed("zoom_registrant");
    assertThat(zoom.added()).hasSize(1);
    assertThat(registrants()).containsExactly("adding");
    clock.advance(Duration.ofMinutes(1));
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    assertThat(zoom.added()).hasSize(1);
  }

  @Test
  void a_meeting_whose_making_was_not_heard_of_is_deleted_when_its_event_is_cancelled() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetingsAndLosesTheAnswer();
    zoom.listsMeetings("CPD Events " + event);
    zoom.deletesMeeting();
    facts.tell(online());
    awaitFailed("zoom_meeting");

    facts.tell(told(2, "Suturing", "online", "cancelled"));

    awaitStatus("none");
    assertThat(zoom.deleted()).hasSize(1);
  }

  @Test
  void a_token_that_is_not_taken_is_renewed_once() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.refusesMeetings(json(401, "{\"code\": 124, \"message\": \"Access token is expired.\"}"));
    String renewed = UUID.randomUUID().toString();
    ZoomAtTest.refreshes(zoom.token().substring("access-".length()), renewed);
    zoom.with("access-" + renewed).makesMeetings();

    facts.tell(online());

    awaitStatus("present");
    assertThat(zoom.made()).hasSize(1);
    assertThat(zoom.with("access-" + renewed).made()).hasSize(1);
  }

  @Test
  void who_is_limited_waits_as_long_as_zoom_says() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.refusesRegistrants(
        json(429, "{\"code\": 429, \"message\": \"You have exceeded the daily rate limit (3) …\"}")
            .withHeader("Retry-After", "3600"));
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    facts.tell(online());
    awaitFailed("zoom_registrant");
    assertThat(zoom.added()).hasSize(1);
    assertThat(dueAt("zoom_registrant")).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    zoom.addsRegistrants("ada");
    zoom.listsNoRegistrant();
    clock.advance(Duration.ofMinutes(59));
    work();
    assertThat(zoom.added()).hasSize(1);

    clock.advance(Duration.ofMinutes(1));

    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    assertThat(zoom.added()).hasSize(2);
  }

  /** What a person with this address has of meetings in their export. */
  private List<JsonNode> exported(String email) {
    return people
        .internal()
        .post("/internal/personal-data", Map.of("accountId", UUID.randomUUID(), "email", email))
        .expect(200)
        .body()
        .path("meetingsAtZoom")
        .valueStream()
        .toList();
  }

  @Test
  void an_organization_sees_what_zoom_refuses_and_meetings_that_nobody_can_change() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.refusesMeetings(json(400, "{\"code\": 300, \"message\": \"No such plan.\"}"));
    facts.tell(online());
    awaitFailed("zoom_meeting");
    String path = "/api/v1/organizations/" + organization + "/zoom";

    JsonNode problem = as().get(path).expect(200).body().at("/problems/0");

    assertThat(problem.path("eventId").asString()).isEqualTo(event.toString());
    assertThat(problem.path("kind").asString()).isEqualTo("meeting");
    assertThat(problem.path("reason").asString()).isEqualTo("refused");
    assertThat(problem.path("since").isNull()).isFalse();
    zoom.makesMeetings();
    zoom.listsMeetings("something else");
    zoom.refusesRegistrants(json(400, "{\"code\": 300, \"message\": \"Too many.\"}"));
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    awaitWork(() -> {
      clock.advance(Duration.ofHours(1));
      assertThat(statusOfMeeting()).isEqualTo("present");
    });
    awaitFailed("zoom_registrant");
    JsonNode problems = as().get(path).expect(200).body().path("problems");
    assertThat(problems.size()).isOne();
    assertThat(problems.at("/0/kind").asString()).isEqualTo("registrant");
    assertThat(problems.at("/0/count").asInt()).isOne();

    as().delete(path).expect(204);

    JsonNode gone = as().get(path).expect(200).body();
    assertThat(gone.path("status").asString()).isEqualTo("not-connected");
    assertThat(gone.path("problems").valueStream().map(one -> one.path("reason").asString()))
        .contains("not-connected");
  }

  @Test
  void an_outage_is_told_after_an_hour_and_goes_by() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.refusesMeetings(aResponse().withStatus(503));
    facts.tell(online());
    awaitFailed("zoom_meeting");
    assertThat(stuck("zoom-meeting")).doesNotContain(event.toString());
    clock.advance(Duration.ofMinutes(61));
    assertThat(stuck("zoom-meeting")).contains(event.toString());
    zoom.listsMeetings("something else");
    zoom.makesMeetings();

    awaitWork(() -> {
      clock.advance(Duration.ofHours(1));
      assertThat(statusOfMeeting()).isEqualTo("present");
    });

    assertThat(stuck("zoom-meeting")).doesNotContain(event.toString());
  }

  @Test
  void a_meeting_that_somebody_has_deleted_at_zoom_is_made_anew_with_its_registrants() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    Guest ada = guest(newEmail());
    MeetingsAtZoom.attend(registration, ada);
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    zoom.refusesRegistrants(MeetingsAtZoom.noSuchMeeting());
    MeetingsAtZoom next = new MeetingsAtZoom(zoom.token(), zoom.meetingId() + 1);
    next.makesMeetings();
    next.addsRegistrants("ada");

    MeetingsAtZoom.attend(registration, ada, guest(newEmail()));
    facts.tell(confirmed());

    awaitWork(() -> assertThat(registrants()).containsExactly("present", "present"));
    assertThat(zoom.made()).hasSize(2);
    assertThat(next.added()).hasSize(2);
  }

  @Test
  void without_a_connection_nothing_happens_and_with_one_all_is_made_good() {
    MeetingsAtZoom zoom = founded();
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    facts.tell(online());
    awaitHeard(1);
    awaitNoted(1);
    work();
    assertThat(statusOfMeeting()).isEqualTo("wanted");

    connected(zoom);

    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
  }

  @Test
  void work_waits_while_the_connection_is_broken_and_goes_on_with_the_next_one() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    facts.tell(online());
    awaitStatus("present");
    zoom.refusesRegistrants(aResponse().withStatus(401));
    ZoomAtTest.refusesRefresh(zoom.token().substring("access-".length()));
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    awaitWork(() ->
        assertThat(
                as().get("/api/v1/organizations/" + organization + "/zoom")
                    .expect(200)
                    .text("status"))
            .isEqualTo("broken"));
    assertThat(zoom.added()).hasSize(1);
    assertThat(registrants()).containsExactly("adding");
    clock.advance(Duration.ofHours(7));
    work();
    // What waits for a connection is its owner's to mend, and not an operator's.
    assertThat(stuck("zoom-registrant"))
        .doesNotContain(
            jdbc.sql("SELECT id::text FROM zoom_registrant WHERE event_id = :id")
                .param("id", event)
                .query(String.class)
                .single());
    MeetingsAtZoom again = zoom.with("access-" + UUID.randomUUID());
    again.listsNoRegistrant();
    again.addsRegistrants("ada");

    connected(again);

    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    assertThat(again.made()).isEmpty();
    assertThat(again.added()).hasSize(1);
  }

  @Test
  void who_is_erased_is_deleted_at_zoom() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    zoom.deletesRegistrant("ada");
    LoggedIn guest = people.somebody();
    String email =
        jdbc.sql("SELECT email FROM account WHERE id = :id")
            .param("id", guest.accountId())
            .query(String.class)
            .single();
    String former = newEmail();
    jdbc.sql(
            """
            INSERT INTO former_identity (account_id, email, name, until)
            VALUES (:id, :email, 'Ada', now())
            """)
        .param("id", guest.accountId())
        .param("email", former)
        .update();
    // Somebody else has booked for them, at the address of now and at the one from before.
    UUID earlier = UUID.randomUUID();
    MeetingsAtZoom.attend(registration, guest(email));
    MeetingsAtZoom.attend(earlier, new Guest(earlier, UUID.randomUUID(), "Ada", former));
    facts.tell(
        new RegistrationConfirmed(
            earlier, UUID.randomUUID(), event, organization, null, clock.instant()));
    facts.tell(
        new RegistrationConfirmed(
            registration, UUID.randomUUID(), event, organization, null, clock.instant()));
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present", "present"));
    MeetingsAtZoom.attend(registration);
    MeetingsAtZoom.attend(earlier);

    transaction.executeWithoutResult(_ -> forgetRegistrants.handle(guest.accountId()));

    awaitWork(() -> assertThat(registrants()).isEmpty());
    assertThat(zoom.removed("ada")).hasSize(2);
    // Of whoever hosts it, what they are called at Zoom is forgotten.
    transaction.executeWithoutResult(_ -> forgetRegistrants.handle(owner.accountId()));
    assertThat(
            jdbc.sql("SELECT zoom_user_id FROM zoom_meeting WHERE event_id = :id")
                .param("id", event)
                .query(String.class)
                .single())
        .isEqualTo("erased");
  }

  @Test
  void who_was_there_is_forgotten_with_the_address_for_the_time_when_it_was_theirs() {
    LoggedIn person = people.somebody();
    String before = newEmail();
    Instant givenUp = clock.instant();
    // Somebody else has the address by now.
    people.verified(before);
    jdbc.sql(
            """
            INSERT INTO former_identity (account_id, email, name, until)
            VALUES (:accountId, :email, 'Ada', :until)
            """)
        .param("accountId", person.accountId())
        .param("email", before)
        .param("until", Timestamp.from(givenUp))
        .update();
    UUID theirs = attended(before, givenUp.minusSeconds(60));
    UUID ofTheNext = attended(before, givenUp.plusSeconds(60));

    transaction.executeWithoutResult(_ -> forgetRegistrants.handle(person.accountId()));

    assertThat(isForgotten(theirs)).isTrue();
    assertThat(isForgotten(ofTheNext)).isFalse();
  }

  /** Somebody was there at a meeting that ended then; the ticket. */
  private UUID attended(String email, Instant endedAt) {
    UUID ticket = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO zoom_meeting (event_id, organization_id, event_version, title, starts_at,
                                      ends_at, time_zone, status, closed)
            VALUES (:id, :organizationId, 1, 'Over', :endsAt, :endsAt, 'UTC', 'none', true)
            """)
        .param("id", ticket)
        .param("organizationId", organization)
        .param("endsAt", Timestamp.from(endedAt))
        .update();
    jdbc.sql(
            """
            INSERT INTO zoom_attendance (ticket_id, registration_id, event_id, organization_id,
                                         minutes, read_at, address_sha256)
            VALUES (:id, :id, :id, :organizationId, 0, :endsAt, sha256(convert_to(:email, 'UTF8')))
            """)
        .param("id", ticket)
        .param("organizationId", organization)
        .param("endsAt", Timestamp.from(endedAt))
        .param("email", email)
        .update();
    return ticket;
  }

  private boolean isForgotten(UUID ticket) {
    return jdbc.sql("SELECT address_sha256 IS NULL FROM zoom_attendance WHERE ticket_id = :id")
        .param("id", ticket)
        .query(Boolean.class)
        .single();
  }

  @Test
  void an_organization_is_closed_when_its_meetings_at_zoom_are_deleted_and_so_is_its_connection() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.deletesMeeting();
    for (String path :
        List.of("/registration%s/closing", "/billing%s/open-matters", "/payout%s/open-matters")) {
      ZoomAtTest.server()
          .stubFor(
              any(urlEqualTo(path.formatted("/internal/organizations/" + organization)))
                  .willReturn(okJson("[]")));
    }
    facts.tell(online());
    awaitStatus("present");
    String path = "/api/v1/organizations/" + organization;

    Answer busy = as().delete(path);
    busy.refused(409, "organization-busy");
    assertThat(busy.text("detail")).contains("meetings");
    facts.tell(told(2, "Suturing", "online", "cancelled"));
    awaitWork(() -> assertThat(as().delete(path).status()).isEqualTo(204));

    assertThat(zoom.deleted()).isNotEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*) FROM zoom_connection
                     WHERE organization_id = :id AND status = 'connected'
                    """)
                .param("id", organization)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void when_the_event_is_over_its_meeting_stays_and_zoom_tells_once_who_was_there() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    String email = newEmail();
    MeetingsAtZoom.attend(registration, guest(email));
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    Instant start = online().startsAt();
    zoom.wasHeld("ada", start);
    clock.advance(Duration.ofDays(10).plusHours(2));

    closeMeetings.handle();

    awaitWork(() -> assertThat(statusOfMeeting()).isEqualTo("over"));
    assertThat(registrants()).containsExactly("present");
    clock.advance(Duration.ofHours(2));
    readAttendance.handle();
    MeetingAttended attended =
        events.await(MeetingAttended.class, told -> told.eventId().equals(event));
    assertThat(attended.minutes()).isEqualTo(21);
    assertThat(attended.registrationId()).isEqualTo(registration);
    assertThat(attended.joinedAt()).isEqualTo(start);
    assertThat(attended.leftAt()).isEqualTo(attended.joinedAt().plusSeconds(1_830));
    assertThat(registrants()).isEmpty();
    String path = "/api/v1/organizations/" + organization + "/zoom/events/" + event + "/attendance";
    JsonNode shown = as().get(path).expect(200).body().path("data");
    assertThat(shown.size()).isEqualTo(1);
    assertThat(shown.at("/0/minutes").asInt()).isEqualTo(21);
    assertThat(shown.at("/0/ticketId").asString()).isEqualTo(attended.ticketId().toString());
    assertThat(exported(email))
        .singleElement()
        .satisfies(row -> assertThat(row.path("minutes").asInt()).isEqualTo(21));
    assertThat(exported(newEmail())).isEmpty();
    LoggedIn stranger = people.somebody();
    people.newcomer().as(stranger.bearer()).get(path).refused(404, "organization-not-found");
    UUID others =
        people
            .newcomer()
            .as(stranger.bearer())
            .post("/api/v1/organizations", Map.of("name", "Others"))
            .expect(201)
            .id();
    people
        .newcomer()
        .as(stranger.bearer())
        .get(path.replace(organization.toString(), others.toString()))
        .refused(404, "meeting-not-found");
    clock.advance(Duration.ofHours(2));
    readAttendance.handle();
    assertThat(
            events.all(MeetingAttended.class).stream().filter(told -> told.eventId().equals(event)))
        .hasSize(1);
    facts.tell(confirmed());
    facts.tell(told(2, "Suturing", "online", "cancelled"));
    awaitHeard(2);
    work();
    assertThat(zoom.deleted()).isEmpty();
    assertThat(zoom.added()).hasSize(1);
    assertThat(
            jdbc.sql("SELECT count(*) FROM zoom_registration WHERE event_id = :id")
                .param("id", event)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void a_report_that_is_not_there_yet_is_awaited_for_a_day_and_then_nobody_came() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    zoom.wasNotHeld();
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    clock.advance(Duration.ofDays(10).plusHours(2));
    closeMeetings.handle();
    readAttendance.handle();
    clock.advance(Duration.ofHours(4));
    readAttendance.handle();
    assertThat(registrants()).containsExactly("present");

    clock.advance(Duration.ofDays(1));
    readAttendance.handle();

    awaitWork(() -> assertThat(registrants()).isEmpty());
    JsonNode shown =
        as().get("/api/v1/organizations/" + organization + "/zoom/events/" + event + "/attendance")
            .expect(200)
            .body()
            .path("data");
    assertThat(shown.at("/0/minutes").asInt(-1)).isZero();
    assertThat(shown.at("/0/joinedAt").isNull()).isTrue();
    assertThat(events.all(MeetingAttended.class)).noneMatch(told -> told.eventId().equals(event));
  }

  @Test
  void what_nobody_could_read_for_a_month_is_given_up_and_its_registrants_are_forgotten() {
    MeetingsAtZoom zoom = connected(founded());
    zoom.makesMeetings();
    zoom.addsRegistrants("ada");
    MeetingsAtZoom.attend(registration, guest(newEmail()));
    facts.tell(confirmed());
    facts.tell(online());
    awaitWork(() -> assertThat(registrants()).containsExactly("present"));
    jdbc.sql("UPDATE zoom_connection SET zoom_user_id = 'other' WHERE organization_id = :id")
        .param("id", organization)
        .update();
    clock.advance(Duration.ofDays(11));
    closeMeetings.handle();
    readAttendance.handle();
    giveUpReports.handle();
    assertThat(registrants()).containsExactly("present");

    clock.advance(GiveUpReports.MAX_WAIT_TIME);
    giveUpReports.handle();

    awaitWork(() -> assertThat(registrants()).isEmpty());
  }
}
