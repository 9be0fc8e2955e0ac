package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Api;
import io.cpdevents.registration.Api.Answer;
import io.cpdevents.registration.Organizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class OrganizeEventsIT {

  private final RecordedEvents facts;
  private final Api api;
  private final Organizer organizer;

  @Autowired
  OrganizeEventsIT(RecordedEvents facts, @LocalServerPort int port) {
    this.facts = facts;
    this.api = new Api(port);
    this.organizer = new Organizer(api);
  }

  @Test
  void an_event_goes_from_draft_to_the_public_list_and_the_others_are_told() {
    String word = "word" + Ids.next().toString().substring(24);
    Map<String, Object> request = organizer.eventRequest("Suturing " + word, 40);
    request.put("description", "First line\nSecond line");
    request.put("cpdCredits", 6.5);
    UUID id = organizer.create(request);
    String path = "/api/v1/events/" + id;

    api.get(path, Api.ANONYMOUS).refused(404, "event-not-found");
    api.get(path, Organizer.stranger()).refused(404, "event-not-found");
    api.get(path, organizer.member("staff")).expect(200);
    assertThat(found("suturing " + word)).isEmpty();

    Answer incomplete =
        api.post(path + "/publication", organizer.bearer(), "").refused(409, "incomplete");
    assertThat(incomplete.body().path("errors").get(0).path("field").asString())
        .isEqualTo("ticketTypes");

    organizer.ticketType(id, 12_550, 10);
    organizer.publish(id);
    organizer.publish(id);
    Answer seen = api.get(path, Api.ANONYMOUS).expect(200);
    assertThat(seen.text("status")).isEqualTo("published");
    assertThat(seen.text("description")).isEqualTo("First line\nSecond line");
    assertThat(seen.body().path("placesLeft").asInt()).isEqualTo(40);
    assertThat(seen.body().path("cpdCredits").decimalValue()).isEqualByComparingTo("6.5");
    assertThat(seen.body().at("/ticketTypes/0/price/amountMinor").asLong()).isEqualTo(12_550);
    assertThat(seen.body().at("/refundPolicy/tiers/0/untilHoursBeforeStart").asInt()).isEqualTo(48);
    assertThat(found("SUTUR " + word)).containsExactly(id);

    organizer.change(id, Map.of("title", "Knots " + word));
    EventChanged told =
        facts.await(
            EventChanged.class,
            fact -> fact.eventId().equals(id) && fact.title().startsWith("Knots"));
    assertThat(told.status()).isEqualTo("published");
    assertThat(told.organizationId()).isEqualTo(organizer.organizationId());
    List<Long> versions =
        facts.all(EventChanged.class).stream()
            .filter(fact -> fact.eventId().equals(id))
            .map(EventChanged::version)
            .toList();
    assertThat(versions).hasSize(2).isSorted().doesNotHaveDuplicates();
    for (String action : List.of("event.created", "event.published", "event.changed")) {
      AuditEntryRecorded entry =
          facts.await(
              AuditEntryRecorded.class,
              audit -> audit.action().equals(action) && audit.subjectId().equals(id.toString()));
      assertThat(entry.organizationId()).isEqualTo(organizer.organizationId());
      assertThat(entry.actorAccountId()).isNotNull();
    }
  }

  @Test
  void roles_decide_who_writes_and_membership_who_sees() {
    UUID id = organizer.draft(10);
    UUID ticketType = organizer.ticketType(id, 0, null);
    Map<String, Object> change = Map.of("title", "Other");
    String stranger = Organizer.stranger();
    for (String reader : List.of(organizer.member("staff"), organizer.member("finance"))) {
      api.get(organizer.eventsPath(), reader).expect(200);
      api.get("/api/v1/events/" + id + "/registrations", reader).expect(200);
      api.post(organizer.eventsPath(), reader, organizer.eventRequest("New", 5))
          .refused(403, "role-missing");
      api.patch("/api/v1/events/" + id, reader, change).refused(403, "role-missing");
      api.post("/api/v1/events/" + id + "/publication", reader, "").refused(403, "role-missing");
      api.delete("/api/v1/ticket-types/" + ticketType, reader).refused(403, "role-missing");
    }
    api.get(organizer.eventsPath(), stranger).refused(404, "organization-not-found");
    api.post(organizer.eventsPath(), stranger, organizer.eventRequest("New", 5))
        .refused(404, "organization-not-found");
    api.patch("/api/v1/events/" + id, stranger, change).refused(404, "event-not-found");
    api.post("/api/v1/events/" + id + "/publication", stranger, "").refused(404, "event-not-found");
    api.get("/api/v1/events/" + id + "/registrations", stranger).refused(404, "event-not-found");
    api.patch("/api/v1/ticket-types/" + ticketType, stranger, change)
        .refused(404, "ticket-type-not-found");
    api.delete("/api/v1/ticket-types/" + ticketType, stranger)
        .refused(404, "ticket-type-not-found");
    api.get(organizer.eventsPath(), Api.ANONYMOUS).expect(401);
    api.patch("/api/v1/events/" + id, Api.ANONYMOUS, change).expect(401);
    api.patch("/api/v1/events/" + id, organizer.member("admin"), change).expect(200);
  }

  @Test
  void a_patch_changes_what_it_names_and_clears_what_it_nulls() {
    Map<String, Object> request = organizer.eventRequest("Patched", 10);
    request.put("perAccountLimit", 2);
    request.put("venue", "Room 1");
    UUID id = organizer.create(request);
    Map<String, Object> patch = new HashMap<>();
    patch.put("perAccountLimit", null);
    patch.put("capacity", 12);
    organizer.change(id, patch);
    JsonNode event = api.get("/api/v1/events/" + id, organizer.bearer()).expect(200).body();
    assertThat(event.path("perAccountLimit").isNull()).isTrue();
    assertThat(event.path("capacity").asInt()).isEqualTo(12);
    assertThat(event.path("venue").asString()).isEqualTo("Room 1");
    assertThat(event.path("title").asString()).isEqualTo("Patched");
  }

  @Test
  void junk_is_refused_with_a_code() {
    UUID id = organizer.draft(10);
    String path = "/api/v1/events/" + id;
    String bearer = organizer.bearer();
    api.patch(path, bearer, Map.of("colour", "red")).refused(400, "unknown-field");
    api.patch(path, bearer, Map.of("currency", "USD")).refused(400, "unknown-field");
    api.patch(path, bearer, "{\"title\": null}").refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("capacity", "ten")).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("capacity", 99_999_999_999L)).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("title", "a\u0000b")).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("title", "two\nlines")).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("title", "x".repeat(201))).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("timeZone", "Mars/Base")).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("endsAt", Organizer.STARTS_AT)).refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("endsAt", "+1000000000-12-31T23:59:59Z"))
        .refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("refundPolicy", Map.of("tiers", "none")))
        .refused(400, "invalid-request");
    api.patch(path, bearer, "[]").expect(400);
    api.patch(path, bearer, "null").expect(400);
    api.patch(path, bearer, "{\"title\": ").refused(400, "malformed-json");
    api.post(organizer.eventsPath(), bearer, Map.of()).refused(400, "invalid-request");
    Map<String, Object> inYen = organizer.eventRequest("Yen", 5);
    inYen.put("currency", "CHF");
    api.post(organizer.eventsPath(), bearer, inYen).refused(400, "invalid-request");
    inYen.put("currency", "???");
    api.post(organizer.eventsPath(), bearer, inYen).refused(400, "invalid-request");
    api.get("/api/v1/events/not-an-id", bearer).expect(400);
    api.get("/api/v1/events?after=nonsense", bearer).refused(400, "invalid-request");
    api.get("/api/v1/events?limit=0", bearer).refused(400, "invalid-request");
    api.get("/api/v1/events?search=" + "x".repeat(201), bearer).refused(400, "invalid-request");
    api.get("/api/v1/events?search=%00%27%3B--", bearer).expect(200);
  }

  @Test
  void lists_are_walked_page_by_page_without_a_gap_or_a_repeat() {
    List<UUID> made = new ArrayList<>();
    String word = "walk" + Ids.next().toString().substring(24);
    for (int i = 0; i < 5; i++) {
      UUID id = organizer.create(organizer.eventRequest(word, 5));
      organizer.ticketType(id, 0, null);
      organizer.publish(id);
      made.add(id);
    }
    assertThat(walk(organizer.eventsPath() + "?limit=2", organizer.bearer()))
        .containsExactlyElementsOf(made.reversed());
    assertThat(walk("/api/v1/events?search=" + word + "&limit=2", Api.ANONYMOUS))
        .containsExactlyElementsOf(made);
  }

  @Test
  void the_api_describes_itself_and_keeps_what_is_internal_to_itself() {
    JsonNode document = api.get("/v3/api-docs", Api.ANONYMOUS).expect(200).body();
    JsonNode paths = document.path("paths");
    assertThat(paths.propertyNames())
        .contains(
            "/api/v1/events/{eventId}/registrations",
            "/api/v1/registrations/{id}/history",
            "/api/v1/ticket-types/{ticketTypeId}")
        .noneMatch(path -> path.startsWith("/internal"));
    JsonNode patch = paths.path("/api/v1/events/{eventId}").path("patch");
    assertThat(patch.path("requestBody").toString()).contains("EventTermsPatch");
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/EventTermsPatch/properties").has("capacity")).isTrue();
    assertThat(schemas.path("EventTermsPatch").has("required")).isFalse();
    assertThat(schemas.at("/TicketTypeTerms").has("required")).isTrue();
  }

  @Test
  void a_repeated_request_creates_one_event() {
    String key = Ids.next().toString();
    Map<String, Object> request = organizer.eventRequest("Once", 5);
    UUID first = api.post(organizer.eventsPath(), organizer.bearer(), request, key).id();
    UUID again = api.post(organizer.eventsPath(), organizer.bearer(), request, key).id();
    assertThat(again).isEqualTo(first);
    request.put("title", "Twice");
    api.post(organizer.eventsPath(), organizer.bearer(), request, key)
        .refused(422, "idempotency-key-reused");
  }

  @Test
  void ticket_types_are_added_changed_and_removed() {
    UUID event = organizer.draft(10);
    UUID id = organizer.ticketType(event, 5_000, 3);
    String path = "/api/v1/ticket-types/" + id;
    String bearer = organizer.bearer();
    Map<String, Object> patch = new HashMap<>();
    patch.put("quota", null);
    patch.put("price", Map.of("amountMinor", 6_000));
    Answer changed = api.patch(path, bearer, patch).expect(200);
    assertThat(changed.body().path("quota").isNull()).isTrue();
    assertThat(changed.body().at("/price/amountMinor").asLong()).isEqualTo(6_000);
    assertThat(changed.body().at("/price/currency").asString()).isEqualTo("CAD");
    api.patch(path, bearer, Map.of("price", Map.of("amountMinor", 5, "currency", "USD")))
        .refused(400, "invalid-request");
    api.patch(path, bearer, Map.of("price", Map.of("amountMinor", -5)))
        .refused(422, "amount-not-payable");
    api.patch(path, bearer, Map.of("minPerRegistration", 3, "maxPerRegistration", 2))
        .refused(400, "invalid-request");
    organizer.publish(event);
    api.delete(path, bearer).refused(409, "incomplete");
    organizer.ticketType(event, 0, null);
    api.delete(path, bearer).expect(204);
    api.delete(path, bearer).refused(404, "ticket-type-not-found");
    api.post("/api/v1/events/" + event + "/ticket-types", bearer, "{\"name\":\"No price\"}")
        .refused(400, "invalid-request");
    api.post(
            "/api/v1/events/" + event + "/ticket-types",
            bearer,
            "{\"name\":\"Half a price\",\"price\":{\"currency\":\"CAD\"}}")
        .refused(400, "invalid-request");
  }

  private List<UUID> found(String search) {
    return walk("/api/v1/events?search=" + search.replace(' ', '+'), Api.ANONYMOUS);
  }

  private List<UUID> walk(String path, String bearer) {
    List<UUID> ids = new ArrayList<>();
    String next = "";
    do {
      String after = next.isEmpty() ? "" : "&after=" + next;
      JsonNode page = api.get(path + after, bearer).expect(200).body();
      page.path("data").forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return ids;
  }
}
