package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@CpdIntegrationTest
class OrganizeEventsIT {

  private final RecordedEvents recorded;
  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  OrganizeEventsIT(RecordedEvents recorded, ApiClient api) {
    this.recorded = recorded;
    this.api = api;
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

    api.get(path).refused(404, "event-not-found");
    Buyer.of(api).api().get(path).refused(404, "event-not-found");
    organizer.member("staff").get(path).expect(200);
    assertThat(found("suturing " + word)).isEmpty();

    Answer incomplete = organizer.owner().post(path + "/publication").refused(409, "incomplete");
    assertThat(incomplete.body().path("errors").get(0).path("field").asString())
        .isEqualTo("ticketTypes");

    organizer.ticketType(id, 12_550, 10);
    organizer.publish(id);
    organizer.publish(id);
    Answer seen = api.get(path).expect(200);
    assertThat(seen.text("status")).isEqualTo("published");
    assertThat(seen.text("description")).isEqualTo("First line\nSecond line");
    assertThat(seen.body().path("placesLeft").asInt()).isEqualTo(40);
    assertThat(seen.body().path("cpdCredits").decimalValue()).isEqualByComparingTo("6.5");
    assertThat(seen.body().at("/ticketTypes/0/price/amountMinor").asLong()).isEqualTo(12_550);
    assertThat(seen.body().at("/refundPolicy/tiers/0/untilHoursBeforeStart").asInt()).isEqualTo(48);
    assertThat(found(word + " SUTUR")).containsExactly(id);

    organizer.change(id, Map.of("title", "Knots " + word));
    EventChanged told =
        recorded.await(
            EventChanged.class,
            fact -> fact.eventId().equals(id) && fact.title().startsWith("Knots"));
    assertThat(told.status()).isEqualTo("published");
    assertThat(told.organizationId()).isEqualTo(organizer.organizationId());
    List<Long> versions =
        recorded.all(EventChanged.class).stream()
            .filter(fact -> fact.eventId().equals(id))
            .map(EventChanged::version)
            .toList();
    assertThat(versions).hasSize(2).isSorted().doesNotHaveDuplicates();
    for (String action : List.of("event.created", "event.published", "event.changed")) {
      AuditEntryRecorded entry =
          recorded.await(
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
    ApiClient stranger = Buyer.of(api).api();
    for (ApiClient reader : List.of(organizer.member("staff"), organizer.member("finance"))) {
      reader.get(organizer.eventsPath()).expect(200);
      reader.get("/api/v1/events/" + id + "/registrations").expect(200);
      reader
          .post(organizer.eventsPath(), organizer.eventRequest("New", 5))
          .refused(403, "role-missing");
      reader.patch("/api/v1/events/" + id, change).refused(403, "role-missing");
      reader.post("/api/v1/events/" + id + "/publication").refused(403, "role-missing");
      reader.delete("/api/v1/ticket-types/" + ticketType).refused(403, "role-missing");
    }
    stranger.get(organizer.eventsPath()).refused(404, "organization-not-found");
    stranger
        .post(organizer.eventsPath(), organizer.eventRequest("New", 5))
        .refused(404, "organization-not-found");
    stranger.patch("/api/v1/events/" + id, change).refused(404, "event-not-found");
    stranger.post("/api/v1/events/" + id + "/publication").refused(404, "event-not-found");
    stranger.get("/api/v1/events/" + id + "/registrations").refused(404, "event-not-found");
    stranger
        .patch("/api/v1/ticket-types/" + ticketType, change)
        .refused(404, "ticket-type-not-found");
    stranger.delete("/api/v1/ticket-types/" + ticketType).refused(404, "ticket-type-not-found");
    api.get(organizer.eventsPath()).expect(401);
    api.patch("/api/v1/events/" + id, change).expect(401);
    organizer.member("admin").patch("/api/v1/events/" + id, change).expect(200);
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
    JsonNode event = organizer.owner().get("/api/v1/events/" + id).expect(200).body();
    assertThat(event.path("perAccountLimit").isNull()).isTrue();
    assertThat(event.path("capacity").asInt()).isEqualTo(12);
    assertThat(event.path("venue").asString()).isEqualTo("Room 1");
    assertThat(event.path("title").asString()).isEqualTo("Patched");
  }

  @Test
  void who_has_not_seen_the_latest_version_changes_nothing() {
    UUID event = organizer.draft(10);
    UUID ticketType = organizer.ticketType(event, 5_000, 3);
    String typePath = "/api/v1/ticket-types/" + ticketType;
    Map<String, Map<String, Object>> changes =
        Map.of("/api/v1/events/" + event, Map.of("capacity", 11), typePath, Map.of("quota", 4));
    changes.forEach((path, change) -> {
      ApiClient owner = organizer.owner();
      String eventTag = owner.get("/api/v1/events/" + event).header("ETag");
      String seen = path.equals(typePath) ? "\"1\"" : eventTag;
      assertThat(eventTag).matches("\"[0-9]+-[0-9a-f]+\"");
      Answer changed = owner.with("If-Match", seen).patch(path, change).expect(200);
      String latest = changed.header("ETag");
      assertThat(latest)
          .startsWith("\"" + changed.body().path("version").asLong() + "-")
          .isNotEqualTo(seen);
      for (String stale : List.of(seen, "W/" + latest, "latest", "")) {
        owner.with("If-Match", stale).patch(path, change).refused(412, "changed-meanwhile");
      }
      owner.with("If-Match", "\"0\", " + latest).patch(path, change).expect(200);
      owner.with("If-Match", "*").patch(path, change).expect(200);
      owner.patch(path, change).expect(200);
    });
    organizer.owner().with("If-Match", "\"1\"").delete(typePath).refused(412, "changed-meanwhile");
    organizer.owner().with("If-Match", "\"2\"").delete(typePath).expect(204);
  }

  @Test
  void a_sale_changes_what_is_read_and_stands_in_no_way_of_a_change() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String path = "/api/v1/events/" + event;
    ApiClient owner = organizer.owner();
    String seen = owner.get(path).header("ETag");
    owner.with("If-None-Match", seen).get(path).expect(304);
    Buyer.of(api).register(event, List.of(free)).expect(201);

    Answer read = owner.with("If-None-Match", seen).get(path).expect(200);

    assertThat(read.body().path("placesLeft").asInt()).isEqualTo(9);
    owner.with("If-Match", seen).patch(path, Map.of("capacity", 11)).expect(200);
  }

  @Test
  void who_has_not_seen_the_latest_version_neither_publishes_nor_cancels() {
    UUID event = organizer.draft(10);
    organizer.ticketType(event, 0, null);
    String path = "/api/v1/events/" + event;
    ApiClient owner = organizer.owner();
    ApiClient late = owner.with("If-Match", "\"1\"");

    late.post(path + "/publication").refused(412, "changed-meanwhile");
    String seen = owner.get(path).header("ETag");
    owner.with("If-Match", seen).post(path + "/publication").expect(200);

    Map<String, String> request = Map.of("reason", "The speaker is ill.");
    late.withKey("late").post(path + "/cancellation", request).refused(412, "changed-meanwhile");
    assertThat(owner.get(path).text("status")).isEqualTo("published");
    ApiClient informed = owner.with("If-Match", owner.get(path).header("ETag")).withKey("informed");
    informed.post(path + "/cancellation", request).expect(202);
    informed.withKey("again").post(path + "/cancellation", request).expect(202);
  }

  @Test
  void a_ticket_type_is_at_the_address_that_its_making_answers() {
    UUID event = organizer.draft(10);
    Map<String, Object> terms =
        Map.of("name", "Early bird", "price", Map.of("amountMinor", 0, "currency", "CAD"));
    Answer made = organizer.owner().post("/api/v1/events/" + event + "/ticket-types", terms);
    String address = made.expect(201).header("Location");

    assertThat(organizer.owner().get(address).expect(200).body()).isEqualTo(made.body());
    api.get(address).refused(404, "ticket-type-not-found");
    organizer.publish(event);
    assertThat(api.get(address).expect(200).text("name")).isEqualTo("Early bird");
    api.get("/api/v1/ticket-types/" + event).refused(404, "ticket-type-not-found");
  }

  @Test
  void the_examples_in_the_document_are_requests_that_are_taken() {
    Answer event = organizer.owner().post(organizer.eventsPath(), exampleOf("NewEvent"));
    String path = "/api/v1/events/" + event.expect(201).id();
    organizer.owner().patch(path, exampleOf("EventPatch")).expect(200);
    organizer.owner().post(path + "/ticket-types", exampleOf("NewTicketType")).expect(201);
  }

  /** A body of the schema's examples; fields without any are left out. */
  private ObjectNode exampleOf(String schema) {
    JsonNode schemas = api.get("/v3/api-docs").body().at("/components/schemas");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    schemas
        .path(schema)
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = property.getKey();
          JsonNode field = property.getValue();
          String reference = field.path("$ref").asString("");
          if (field.has("examples")) {
            body.set(name, field.at("/examples/0"));
          } else if (field.has("enum")) {
            body.set(name, field.at("/enum/0"));
          } else if (!reference.isEmpty()) {
            body.set(name, exampleOf(reference.substring(reference.lastIndexOf('/') + 1)));
          }
        });
    return body;
  }

  @Test
  void of_many_who_have_seen_the_same_version_one_changes_it() {
    UUID event = organizer.draft(10);
    String path = "/api/v1/events/" + event;
    ApiClient owner = organizer.owner();
    ApiClient reader = owner.with("If-Match", owner.get(path).header("ETag"));
    AtomicInteger capacity = new AtomicInteger(20);
    List<Integer> statuses =
        AtOnce.times(
                8,
                () -> reader.patch(path, Map.of("capacity", capacity.incrementAndGet())).status())
            .stream()
            .sorted()
            .toList();
    assertThat(statuses).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
  }

  @Test
  void once_somebody_has_registered_an_event_cannot_be_moved_into_the_past() {
    UUID id = organizer.draft(10);
    UUID free = organizer.ticketType(id, 0, null);
    organizer.publish(id);
    Map<String, String> january =
        Map.of("startsAt", "2026-01-05T09:00:00Z", "endsAt", "2026-01-05T17:00:00Z");
    organizer.change(id, january);
    Map<String, String> later =
        Map.of("startsAt", Organizer.STARTS_AT, "endsAt", Organizer.ENDS_AT);
    organizer.change(id, later);
    Buyer.of(api).register(id, List.of(free)).expect(201);

    Answer refused =
        organizer.owner().patch("/api/v1/events/" + id, january).refused(400, "invalid-request");

    assertThat(refused.fieldErrors()).containsExactly("endsAt: in-the-past");
    organizer.change(id, Map.of("endsAt", "2029-05-01T19:00:00Z"));
    EventChanged last =
        recorded.await(EventChanged.class, told -> told.eventId().equals(id) && isAt(told, 19));
    assertThat(last.latestEndsAt()).isEqualTo(Instant.parse(Organizer.ENDS_AT));
    assertThat(last.mode()).isEqualTo("online");
  }

  private static boolean isAt(EventChanged told, int hour) {
    return told.endsAt().atOffset(ZoneOffset.UTC).getHour() == hour;
  }

  @Test
  void junk_is_refused_with_a_code() {
    UUID id = organizer.draft(10);
    String path = "/api/v1/events/" + id;
    ApiClient owner = organizer.owner();
    owner.patch(path, Map.of("colour", "red")).refused(400, "unknown-field");
    owner.patch(path, Map.of("currency", "USD")).refused(400, "unknown-field");
    Answer cleared = owner.patch(path, "{\"title\": null}").refused(400, "invalid-request");
    assertThat(cleared.fieldErrors()).containsExactly("title: required");
    owner.patch(path, Map.of("capacity", "ten")).refused(400, "invalid-request");
    owner.patch(path, Map.of("capacity", 99_999_999_999L)).refused(400, "invalid-request");
    owner.patch(path, Map.of("title", "a\u0000b")).refused(400, "invalid-request");
    owner.patch(path, Map.of("title", "two\nlines")).refused(400, "invalid-request");
    owner.patch(path, Map.of("title", "x".repeat(201))).refused(400, "invalid-request");
    owner.patch(path, Map.of("timeZone", "Mars/Base")).refused(400, "invalid-request");
    owner.patch(path, Map.of("endsAt", Organizer.STARTS_AT)).refused(400, "invalid-request");
    owner
        .patch(path, Map.of("endsAt", "+1000000000-12-31T23:59:59Z"))
        .refused(400, "invalid-request");
    owner
        .patch(path, Map.of("refundPolicy", Map.of("tiers", "none")))
        .refused(400, "invalid-request");
    owner.patch(path, "[]").expect(400);
    owner.patch(path, "null").expect(400);
    owner.patch(path, "{\"title\": ").refused(400, "malformed-json");
    owner.post(organizer.eventsPath(), Map.of()).refused(400, "invalid-request");
    Map<String, Object> inYen = organizer.eventRequest("Yen", 5);
    inYen.put("currency", "CHF");
    owner.post(organizer.eventsPath(), inYen).refused(400, "invalid-request");
    inYen.put("currency", "???");
    owner.post(organizer.eventsPath(), inYen).refused(400, "invalid-request");
    owner.get("/api/v1/events/not-an-id").expect(400);
    owner.get("/api/v1/events?after=nonsense").refused(400, "invalid-request");
    owner.get("/api/v1/events?limit=0").refused(400, "invalid-request");
    owner.get("/api/v1/events?search=" + "x".repeat(201)).refused(400, "invalid-request");
    owner.get("/api/v1/events?search=\u0000").refused(400, "invalid-request");
    owner.get("/api/v1/events?search=';--").expect(200);
    for (String sameMillisecond : List.of("2029-05-01T13:00:00.0001Z", "2029-05-01T13:00:00Z")) {
      Map<String, Object> noTime = organizer.eventRequest("No time at all", 5);
      noTime.put("startsAt", sameMillisecond);
      noTime.put("endsAt", "2029-05-01T13:00:00.0002Z");
      Answer refused = owner.post(organizer.eventsPath(), noTime).refused(400, "invalid-request");
      assertThat(refused.fieldErrors()).containsExactly("endsAt: not-after-start");
      owner
          .patch(path, Map.of("startsAt", sameMillisecond, "endsAt", "2029-05-01T13:00:00.0002Z"))
          .refused(400, "invalid-request");
      Map<String, Object> noSale =
          Map.of(
              "name",
              "Never on sale",
              "price",
              Map.of("amountMinor", 0, "currency", "CAD"),
              "saleOpensAt",
              sameMillisecond,
              "saleClosesAt",
              "2029-05-01T13:00:00.0002Z");
      Answer never = owner.post(path + "/ticket-types", noSale).refused(400, "invalid-request");
      assertThat(never.fieldErrors()).containsExactly("saleClosesAt: not-after-opening");
    }
    Map<String, Object> epoch = organizer.eventRequest("A number is no time", 5);
    epoch.put("startsAt", 1_872_334_800);
    owner.post(organizer.eventsPath(), epoch).refused(400, "invalid-request");
  }

  @Test
  void one_answer_names_all_that_is_wrong_with_an_event() {
    Map<String, Object> wrong = organizer.eventRequest("All at once", 0);
    wrong.put("endsAt", Organizer.STARTS_AT);
    wrong.put("timeZone", "Mars/Base");
    wrong.put("currency", "CHF");
    wrong.put(
        "refundPolicy",
        Map.of(
            "tiers",
            List.of(
                Map.of("untilHoursBeforeStart", 1, "refundBasisPoints", 10_001),
                Map.of("untilHoursBeforeStart", 2, "refundBasisPoints", 1))));

    Answer refused =
        organizer.owner().post(organizer.eventsPath(), wrong).refused(400, "invalid-request");

    assertThat(refused.fieldErrors())
        .containsExactlyInAnyOrder(
            "capacity: out-of-range",
            "endsAt: not-after-start",
            "timeZone: unknown-time-zone",
            "currency: not-supported",
            "refundPolicy.tiers: not-in-order",
            "refundPolicy.tiers[0].refundBasisPoints: out-of-range");
    wrong.remove("currency");
    UUID id = organizer.draft(10);
    assertThat(
            organizer
                .owner()
                .patch("/api/v1/events/" + id, wrong)
                .refused(400, "invalid-request")
                .fieldErrors())
        .hasSize(5);
  }

  @Test
  void one_answer_names_all_that_is_wrong_with_a_ticket_type() {
    UUID id = organizer.draft(10);
    Map<String, Object> wrong =
        Map.of(
            "name",
            " ",
            "quota",
            -1,
            "saleOpensAt",
            Organizer.STARTS_AT,
            "saleClosesAt",
            Organizer.STARTS_AT,
            "minPerRegistration",
            5,
            "maxPerRegistration",
            4);

    Answer refused =
        organizer
            .owner()
            .post("/api/v1/events/" + id + "/ticket-types", wrong)
            .refused(400, "invalid-request");

    assertThat(refused.fieldErrors())
        .containsExactlyInAnyOrder(
            "name: required",
            "price: required",
            "quota: out-of-range",
            "saleClosesAt: not-after-opening",
            "maxPerRegistration: less-than-minimum");
  }

  @Test
  void an_event_has_fifty_ticket_types_at_most() {
    UUID id = organizer.draft(10);
    for (int i = 0; i < 50; i++) {
      organizer.ticketType(id, 0, null);
    }
    Map<String, Object> oneMore =
        Map.of("name", "One more", "price", Map.of("amountMinor", 0, "currency", "CAD"));
    organizer
        .owner()
        .post("/api/v1/events/" + id + "/ticket-types", oneMore)
        .refused(409, "too-many-ticket-types");
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
    assertThat(walk(organizer.owner(), organizer.eventsPath() + "?limit=2"))
        .containsExactlyElementsOf(made.reversed());
    assertThat(walk(api, "/api/v1/events?search=" + word + "&limit=2"))
        .containsExactlyElementsOf(made);
  }

  @Test
  void the_api_describes_itself_and_keeps_what_is_internal_to_itself() {
    JsonNode document = api.get("/v3/api-docs").expect(200).body();
    JsonNode paths = document.path("paths");
    assertThat(paths.propertyNames())
        .contains(
            "/api/v1/events/{eventId}/registrations",
            "/api/v1/registrations/{registrationId}/history",
            "/api/v1/registrations/{registrationId}/cancellation-preview",
            "/api/v1/ticket-types/{ticketTypeId}")
        .noneMatch(path -> path.startsWith("/internal"));
    JsonNode patch = paths.path("/api/v1/events/{eventId}").path("patch");
    assertThat(patch.path("requestBody").toString()).contains("EventPatch");
    for (String cancellation :
        List.of(
            "/api/v1/events/{eventId}/cancellation",
            "/api/v1/registrations/{registrationId}/cancellation")) {
      JsonNode key =
          paths
              .path(cancellation)
              .at("/post/parameters")
              .valueStream()
              .filter(parameter -> parameter.path("name").asString().equals("Idempotency-Key"))
              .findFirst()
              .orElseThrow();
      assertThat(key.path("required").asBoolean()).isTrue();
    }
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/EventPatch/properties").has("capacity")).isTrue();
    assertThat(schemas.path("EventPatch").has("required")).isFalse();
    assertThat(schemas.at("/NewTicketType").has("required")).isTrue();
    assertThat(schemas.at("/NewCancellation").has("required")).isFalse();
    assertThat(schemas.at("/NewCancellation").toString()).contains("by-policy");
    assertThat(schemas.at("/Ticket/properties/status").toString()).contains("disputed");
  }

  @Test
  void a_repeated_request_creates_one_event() {
    String key = Ids.next().toString();
    Map<String, Object> request = organizer.eventRequest("Once", 5);
    UUID first = organizer.owner().withKey(key).post(organizer.eventsPath(), request).id();
    UUID again = organizer.owner().withKey(key).post(organizer.eventsPath(), request).id();
    assertThat(again).isEqualTo(first);
    request.put("title", "Twice");
    organizer
        .owner()
        .withKey(key)
        .post(organizer.eventsPath(), request)
        .refused(422, "idempotency-key-reused");
  }

  @Test
  void ticket_types_are_added_changed_and_removed() {
    UUID event = organizer.draft(10);
    UUID id = organizer.ticketType(event, 5_000, 3);
    String path = "/api/v1/ticket-types/" + id;
    ApiClient owner = organizer.owner();
    Map<String, Object> patch = new HashMap<>();
    patch.put("quota", null);
    patch.put("price", Map.of("amountMinor", 6_000));
    Answer changed = owner.patch(path, patch).expect(200);
    assertThat(changed.body().path("quota").isNull()).isTrue();
    assertThat(changed.body().at("/price/amountMinor").asLong()).isEqualTo(6_000);
    assertThat(changed.body().at("/price/currency").asString()).isEqualTo("CAD");
    AuditEntryRecorded entry =
        recorded.await(
            AuditEntryRecorded.class,
            audit ->
                audit.action().equals("ticket-type.changed")
                    && audit.subjectId().equals(id.toString()));
    assertThat(entry.before()).isEqualTo(Map.of("price", "5000 CAD", "quota", "3"));
    assertThat(entry.after()).isEqualTo(Map.of("price", "6000 CAD"));
    owner
        .patch(path, Map.of("price", Map.of("amountMinor", 5, "currency", "USD")))
        .refused(400, "invalid-request");
    assertThat(
            owner
                .patch(
                    path,
                    Map.of(
                        "price",
                        Map.of("amountMinor", -5),
                        "minPerRegistration",
                        3,
                        "maxPerRegistration",
                        2))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly(
            "maxPerRegistration: less-than-minimum", "price.amountMinor: out-of-range");
    owner
        .patch(path, Map.of("price", Map.of("amountMinor", 1_005, "currency", "KWD")))
        .refused(422, "amount-not-payable");
    organizer.publish(event);
    owner.delete(path).refused(409, "incomplete");
    organizer.ticketType(event, 0, null);
    owner.delete(path).expect(204);
    owner.delete(path).refused(404, "ticket-type-not-found");
    owner
        .post("/api/v1/events/" + event + "/ticket-types", "{\"name\":\"No price\"}")
        .refused(400, "invalid-request");
    owner
        .post(
            "/api/v1/events/" + event + "/ticket-types",
            "{\"name\":\"Half a price\",\"price\":{\"currency\":\"CAD\"}}")
        .refused(400, "invalid-request");
  }

  private List<UUID> found(String search) {
    return walk(api, "/api/v1/events?search=" + search);
  }

  private static List<UUID> walk(ApiClient client, String path) {
    List<UUID> ids = new ArrayList<>();
    String next = "";
    do {
      String after = next.isEmpty() ? "" : "&after=" + next;
      JsonNode page = client.get(path + after).expect(200).body();
      page.path("data").forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return ids;
  }
}
