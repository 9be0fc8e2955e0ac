package io.cpdevents.registration.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class CopyEventIT {

  private static final Map<String, Object> A_YEAR_LATER =
      Map.of("startsAt", "2030-05-01T13:00:00Z", "endsAt", "2030-05-01T21:00:00Z");

  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  CopyEventIT(ApiClient api) {
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @Test
  void a_copy_is_a_draft_with_all_that_was_decided_and_nothing_that_was_sold() {
    Map<String, Object> request = organizer.eventRequest("Suturing", 40);
    request.put("description", "Bring needles");
    request.put("refundPolicy", Map.of("tiers", List.of()));
    UUID event = organizer.create(request);
    UUID free = organizer.ticketType(event, 0, 5);
    organizer
        .owner()
        .patch("/api/v1/ticket-types/" + free, Map.of("saleOpensAt", "2026-12-01T14:00:00Z"))
        .expect(200);
    organizer
        .owner()
        .put(
            "/api/v1/events/" + event + "/questions",
            Map.of(
                "data",
                List.of(
                    Map.of("label", "Diet", "kind", "text", "required", false, "per", "buyer"))))
        .expect(200);
    organizer.publish(event);
    Buyer.of(api).register(event, List.of(free)).expect(201);

    ApiClient owner = organizer.owner().withKey(Ids.next().toString());
    Answer copy = owner.post("/api/v1/events/" + event + "/copy", A_YEAR_LATER).expect(201);
    Answer again = owner.post("/api/v1/events/" + event + "/copy", A_YEAR_LATER).expect(201);

    assertThat(again.id()).isEqualTo(copy.id()).isNotEqualTo(event);
    JsonNode made = organizer.owner().get(copy.header("Location")).expect(200).body();
    assertThat(made.path("status").asString()).isEqualTo("draft");
    assertThat(made.path("title").asString()).isEqualTo("Suturing");
    assertThat(made.path("description").asString()).isEqualTo("Bring needles");
    assertThat(made.path("placesLeft").asInt()).isEqualTo(40);
    assertThat(made.at("/refundPolicy/tiers").isEmpty()).isTrue();
    assertThat(made.path("ticketTypes")).hasSize(1);
    assertThat(made.at("/ticketTypes/0/placesLeft").asInt()).isEqualTo(5);
    assertThat(made.at("/ticketTypes/0/saleOpensAt").asString()).isEqualTo("2027-12-01T14:00:00Z");
    assertThat(made.at("/ticketTypes/0/id").asString()).isNotEqualTo(free.toString());
    JsonNode asked =
        organizer.owner().get("/api/v1/events/" + copy.id() + "/questions").expect(200).body();
    assertThat(asked.at("/data/0/label").asString()).isEqualTo("Diet");
    organizer.publish(copy.id());
    assertThat(api.get("/api/v1/events/" + copy.id()).expect(200).text("status"))
        .isEqualTo("published");
  }

  @Test
  void who_may_not_copies_nothing_and_an_end_before_the_start_is_refused() {
    UUID event = organizer.draft(10);
    String path = "/api/v1/events/" + event + "/copy";
    api.post(path, A_YEAR_LATER).expect(401);
    Buyer.of(api).api().post(path, A_YEAR_LATER).refused(404, "event-not-found");
    organizer.member("staff").post(path, A_YEAR_LATER).refused(403, "role-missing");
    Answer refused =
        organizer
            .owner()
            .post(
                path, Map.of("startsAt", "2030-05-01T13:00:00Z", "endsAt", "2030-05-01T13:00:00Z"))
            .refused(400, "invalid-request");
    assertThat(refused.fieldErrors()).containsExactly("endsAt: not-after-start");
  }

  @Test
  void published_events_are_filtered_by_time_mode_organization_and_price() {
    Map<String, Object> request = organizer.eventRequest("In May", 10);
    UUID paid = organizer.create(request);
    organizer.ticketType(paid, 5_000, null);
    organizer.publish(paid);
    request.putAll(A_YEAR_LATER);
    request.put("mode", "hybrid");
    request.put("venue", "Hall 1");
    UUID free = organizer.create(request);
    organizer.ticketType(free, 0, null);
    organizer.publish(free);

    assertThat(listed("")).containsExactly(paid, free);
    assertThat(listed("&price=free")).containsExactly(free);
    assertThat(listed("&price=paid")).containsExactly(paid);
    assertThat(listed("&mode=hybrid")).containsExactly(free);
    assertThat(listed("&from=2029-05-01T20:59:59Z&to=2030-05-01T13:00:00Z")).containsExactly(paid);
    assertThat(listed("&from=2029-05-01T21:00:00Z")).containsExactly(free);
    assertThat(listed("&search=may&mode=online")).containsExactly(paid);
    api.get("/api/v1/events?price=cheap").expect(400);
    Answer first = api.get(path("&limit=1")).expect(200);
    assertThat(listed("&limit=1&after=" + first.text("next"))).containsExactly(free);
  }

  @Test
  void the_public_list_is_kept_for_seconds_by_who_is_not_logged_in() {
    Answer list = api.get(path("")).expect(200);
    assertThat(list.header("Cache-Control")).isEqualTo("max-age=5, public");
    assertThat(list.headers().getVary()).contains("Authorization", "Cookie");
    api.with("If-None-Match", list.header("ETag")).get(path("")).expect(304);
    UUID event = organizer.draft(10);
    organizer.ticketType(event, 0, null);
    organizer.publish(event);
    api.with("If-None-Match", list.header("ETag")).get(path("")).expect(200);
    assertThat(api.get("/api/v1/events/" + event).header("Cache-Control"))
        .isEqualTo("max-age=5, public");
    assertThat(organizer.owner().get("/api/v1/events/" + event).headers().getCacheControl())
        .isNotEqualTo("max-age=5, public");
  }

  private String path(String filter) {
    return "/api/v1/events?organizationId=" + organizer.organizationId() + filter;
  }

  private List<UUID> listed(String filter) {
    return api.get(path(filter))
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(event -> UUID.fromString(event.path("id").asString()))
        .toList();
  }
}
