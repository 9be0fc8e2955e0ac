package io.cpdevents.registration.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.EntitlementsEvent;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.FeeTerms;
import io.cpdevents.contracts.registration.UsageEvent.UsageMarkReached;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class UsageIT {

  private static final Duration A_MONTH = Duration.ofDays(31);

  private final ApiClient api;
  private final Facts facts;
  private final RecordedEvents recorded;
  private final MutableClock clock;
  private final WatchUsage watchUsage;
  private final UsageQueries queries;
  private final JdbcClient jdbc;
  private final Organizer organizer;

  @Autowired
  UsageIT(
      ApiClient api,
      Facts facts,
      RecordedEvents recorded,
      MutableClock clock,
      WatchUsage watchUsage,
      UsageQueries queries,
      JdbcClient jdbc) {
    this.api = api;
    this.facts = facts;
    this.recorded = recorded;
    this.clock = clock;
    this.watchUsage = watchUsage;
    this.queries = queries;
    this.jdbc = jdbc;
    this.organizer = new Organizer(api);
  }

  @Test
  void an_organization_of_whose_plan_nothing_was_told_is_not_stopped_and_its_use_counts() {
    published();
    published();
    published();
    assertThat(usage().at("/publications/used").asInt()).isEqualTo(3);
    assertThat(usage().at("/publications/limit").isNull()).isTrue();

    entitle(1, 2, 50);

    publish(draft()).refused(409, "plan-limit-reached");
  }

  @Test
  void the_plan_limits_publications_of_a_month_and_what_is_on_sale_goes_on_selling() {
    entitle(1, 2, 50);
    UUID first = published();
    published();
    UUID third = draft();

    publish(third).refused(409, "plan-limit-reached");
    publish(first).expect(200);
    assertThat(usage().at("/publications/used").asInt()).isEqualTo(2);
    register(first).expect(201);

    clock.advance(A_MONTH);
    assertThat(usage().at("/publications/used").asInt()).isZero();
    publish(third).expect(200);
  }

  @Test
  void an_event_that_has_begun_and_is_registered_for_is_postponed_whatever_the_plan_and_counts() {
    UUID event = draft();
    Instant start = clock.instant().plus(Duration.ofHours(1));
    organizer.change(
        event,
        Map.of("startsAt", start.toString(), "endsAt", start.plus(Duration.ofHours(2)).toString()));
    entitle(1, 1, 50);
    publish(event).expect(200);
    register(event).expect(201);
    clock.advance(Duration.ofHours(2));

    postpone(event, clock.instant().plus(Duration.ofHours(1))).expect(200);

    publish(draft()).refused(409, "plan-limit-reached");
    // As long as it has not begun once more it is the same publication.
    postpone(event, clock.instant().plus(Duration.ofHours(2))).expect(200);
    clock.advance(Duration.ofHours(2));
    postpone(event, clock.instant().plus(Duration.ofHours(1))).refused(409, "plan-limit-reached");
    entitle(2, 3, 50);
    postpone(event, clock.instant().plus(Duration.ofHours(1))).expect(200);
    assertThat(usage().at("/publications/used").asInt()).isEqualTo(3);
  }

  @Test
  void an_event_that_has_begun_and_at_which_nobody_has_a_place_is_postponed_as_the_plan_allows() {
    UUID event = draft();
    Instant start = clock.instant().plus(Duration.ofHours(1));
    organizer.change(
        event,
        Map.of("startsAt", start.toString(), "endsAt", start.plus(Duration.ofHours(2)).toString()));
    entitle(1, 1, 50);
    publish(event).expect(200);
    Buyer own = Buyer.of(api);
    Answer registered = register(own, event).expect(201);
    own.cancel(registered.id(), Map.of()).expect(200);
    clock.advance(Duration.ofHours(2));

    postpone(event, clock.instant().plus(Duration.ofHours(1))).refused(409, "plan-limit-reached");
  }

  private Answer postpone(UUID event, Instant start) {
    return organizer
        .owner()
        .patch(
            path(event),
            Map.of(
                "startsAt",
                start.toString(),
                "endsAt",
                start.plus(Duration.ofHours(2)).toString()));
  }

  @Test
  void an_event_that_is_over_and_gets_a_new_date_is_published_once_more() {
    UUID over = draft();
    Instant end = clock.instant().plus(Duration.ofHours(2));
    organizer.change(
        over, Map.of("startsAt", clock.instant().toString(), "endsAt", end.toString()));
    publish(over).expect(200);
    // Of one that is not over yet another date is no publication.
    organizer.change(over, Map.of("endsAt", end.plusSeconds(60).toString()));
    clock.advance(Duration.ofHours(3).plus(A_MONTH));
    Map<String, String> again =
        Map.of("startsAt", Organizer.STARTS_AT, "endsAt", Organizer.ENDS_AT);
    entitle(1, 1, 50);
    published();

    organizer.owner().patch(path(over), again).refused(409, "plan-limit-reached");
    organizer.change(over, Map.of("title", "Wound care, as it was"));
    assertThat(usage().at("/publications/used").asInt()).isEqualTo(1);
    entitle(2, 2, 50);
    clock.advance(Duration.ofMinutes(1));
    organizer.change(over, again);

    assertThat(usage().at("/publications/used").asInt()).isEqualTo(2);
    organizer.change(over, Map.of("title", "Wound care, again"));
    assertThat(usage().at("/publications/used").asInt()).isEqualTo(2);
    publish(draft()).refused(409, "plan-limit-reached");
    // It is the last one of this month that a smaller plan would not have let them publish.
    entitle(3, 1, 50);
    assertThat(beyondPlan()).containsExactly(over);
  }

  private static String path(UUID event) {
    return "/api/v1/events/" + event;
  }

  @Test
  void what_a_smaller_plan_would_not_have_let_publish_are_the_last_publications_of_the_month() {
    entitle(1, null, 5_000);
    published();
    clock.advance(Duration.ofMinutes(1));
    published();
    clock.advance(Duration.ofMinutes(1));
    UUID third = published();
    assertThat(beyondPlan()).isEmpty();

    entitle(2, 2, 50);

    assertThat(beyondPlan()).containsExactly(third);
  }

  @Test
  void so_are_those_that_came_when_its_registrations_of_the_month_were_used() {
    entitle(1, null, 5_000);
    UUID first = published();
    register(first).expect(201);
    clock.advance(Duration.ofMinutes(1));
    published();
    register(first).expect(201);
    clock.advance(Duration.ofMinutes(1));
    UUID third = published();
    register(first).expect(201);

    entitle(2, null, 2);

    assertThat(beyondPlan()).containsExactly(third);
  }

  private List<UUID> beyondPlan() {
    return queries.beyondPlan(List.of(organizer.organizationId())).stream()
        .flatMap(plan -> plan.events().stream())
        .map(EventBeyondPlan::eventId)
        .toList();
  }

  @Test
  void another_plan_holds_at_once_and_an_older_version_of_it_changes_nothing() {
    entitle(3, 3, 5_000);
    published();
    published();

    tell(2, null, 50);
    published();
    publish(draft()).refused(409, "plan-limit-reached");
    entitle(4, null, 5_001);
    published();
  }

  @Test
  void of_many_events_that_are_published_at_once_as_many_are_as_the_plan_allows() {
    entitle(1, 2, 50);
    List<UUID> drafts = Stream.generate(this::draft).limit(6).toList();

    List<Answer> answers = AtOnce.numbered(6, number -> publish(drafts.get(number)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(2);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("plan-limit-reached"));
  }

  @Test
  void the_limit_of_registrations_stops_the_next_publication_and_no_registration() {
    entitle(1, null, 1);
    UUID event = published();
    register(event).expect(201);
    UUID next = draft();

    publish(next).refused(409, "plan-limit-reached");
    register(event).expect(201);
    assertThat(usage().at("/registrations/used").asInt()).isEqualTo(2);
    assertThat(usage().at("/registrations/limit").asInt()).isEqualTo(1);

    clock.advance(A_MONTH);
    publish(next).expect(200);
  }

  @Test
  void an_organization_is_told_once_when_80_and_100_percent_are_used_and_again_of_another_limit() {
    entitle(1, null, 5);
    UUID event = published();
    registerTimes(event, 3);
    look();
    assertThat(marks()).isEmpty();

    registerTimes(event, 1);
    look();
    look();
    awaitMarks("80 of 5");
    registerTimes(event, 2);
    look();
    look();
    awaitMarks("80 of 5", "100 of 5");

    entitle(2, null, 7);
    look();
    awaitMarks("80 of 5", "100 of 5", "80 of 7");
    clock.advance(A_MONTH);
    registerTimes(event, 7);
    look();
    awaitMarks("80 of 5", "100 of 5", "80 of 7", "100 of 7");
  }

  private void registerTimes(UUID event, int times) {
    for (int i = 0; i < times; i++) {
      register(event).expect(201);
    }
  }

  private void look() {
    clock.advance(WatchUsage.INTERVAL);
    while (watchUsage.handle() > 0) {}
  }

  private void awaitMarks(String... marks) {
    await().untilAsserted(() -> assertThat(marks()).containsExactly(marks));
  }

  private List<String> marks() {
    return recorded.all(UsageMarkReached.class).stream()
        .filter(mark -> mark.organizationId().equals(organizer.organizationId()))
        .map(mark -> mark.percent() + " of " + mark.limit())
        .toList();
  }

  @Test
  void members_see_the_usage_and_nobody_else_does() {
    String path = usagePath();

    organizer.member("staff").get(path).expect(200);
    Buyer.of(api).api().get(path).refused(404, "organization-not-found");
    api.get(path).refused(401, "session-missing");
  }

  private UUID draft() {
    UUID event = organizer.draft(20);
    organizer.ticketType(event, 0, null);
    return event;
  }

  private UUID published() {
    UUID event = draft();
    publish(event).expect(200);
    return event;
  }

  private Answer publish(UUID event) {
    return organizer.owner().post("/api/v1/events/" + event + "/publication");
  }

  private Answer register(UUID event) {
    return register(Buyer.of(api), event);
  }

  private Answer register(Buyer buyer, UUID event) {
    JsonNode types = api.get("/api/v1/events/" + event).expect(200).body().path("ticketTypes");
    return buyer.register(event, List.of(UUID.fromString(types.get(0).path("id").asString())));
  }

  private String usagePath() {
    return "/api/v1/organizations/" + organizer.organizationId() + "/usage";
  }

  private JsonNode usage() {
    return organizer.owner().get(usagePath()).expect(200).body();
  }

  /** The organization may do this from now on. */
  private void entitle(long version, @Nullable Integer publications, int registrations) {
    tell(version, publications, registrations);
    assertThat(usage().at("/registrations/limit").asInt()).isEqualTo(registrations);
  }

  /** Tells it, and waits until that was heard. */
  private void tell(long version, @Nullable Integer publications, int registrations) {
    UUID message = Ids.next();
    facts.tell(
        new EntitlementsChanged(
            organizer.organizationId(),
            version,
            "free",
            new EntitlementsEvent.Limits(publications, registrations),
            EntitlementsEvent.UsagePeriod.CALENDAR_MONTH,
            new FeeTerms(500, List.of()),
            null,
            clock.instant()),
        message);
    await()
        .until(() ->
            jdbc.sql("SELECT EXISTS (SELECT FROM inbox WHERE event_id = :id)")
                .param("id", message)
                .query(Boolean.class)
                .single());
  }
}
