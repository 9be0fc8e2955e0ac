package io.cpdevents.registration.quotas;

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
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
class QuotasIT {

  @Autowired ApiClient api;
  @Autowired JdbcClient jdbc;
  @Autowired Quotas quotas;
  @Autowired java.time.Clock clock;

  @Test
  void a_quota_counts_what_its_ticket_types_have_taken_whenever_it_is_made_or_changed() {
    Organizer organizer = new Organizer(api);
    UUID event = organizer.draft(20);
    UUID one = organizer.ticketType(event, 0, null);
    UUID two = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String path = "/api/v1/events/" + event + "/quotas";
    Buyer.of(api).register(event, List.of(one, one, two)).expect(201);

    organizer.owner().post(path, terms(2, one, two)).refused(409, "quota-below-taken");
    organizer.owner().post(path, terms(4, one, Ids.next())).refused(400, "invalid-request");
    organizer.owner().post(path, terms(4, one, one)).refused(400, "invalid-request");
    organizer.member("staff").post(path, terms(4, one)).refused(403, "role-missing");
    Answer made = organizer.owner().post(path, terms(4, one, two)).expect(201);
    String quota = "/api/v1/quotas/" + made.id();

    assertThat(made.body().path("placesLeft").asInt()).isEqualTo(1);
    Buyer.of(api).register(event, List.of(one, two)).refused(409, "sold-out");
    organizer.owner().patch(quota, Map.of("ticketTypeIds", List.of(two))).expect(200);
    assertThat(organizer.owner().get(quota).expect(200).body().path("placesLeft").asInt())
        .isEqualTo(3);
    Buyer.of(api).register(event, List.of(one, two)).expect(201);
    assertThat(organizer.member("staff").get(path).expect(200).body().path("data")).hasSize(1);
    Buyer.of(api).api().get(quota).refused(404, "quota-not-found");
    organizer.owner().delete(quota).expect(204);
    organizer.owner().get(quota).refused(404, "quota-not-found");
  }

  @Test
  void one_account_cannot_hold_the_last_places_of_a_quota_in_parts() {
    Organizer organizer = new Organizer(api);
    UUID event = organizer.draft(100);
    UUID one = organizer.ticketType(event, 4_000, null);
    UUID two = organizer.ticketType(event, 4_000, null);
    organizer.publish(event);
    organizer.owner().post("/api/v1/events/" + event + "/quotas", terms(8, one, two)).expect(201);
    Buyer greedy = Buyer.of(api);

    greedy.register(event, List.of(one, one, one)).expect(201);
    greedy.register(event, List.of(two, two)).expect(201);
    greedy.register(event, List.of(two)).refused(409, "hold-too-large");
    Buyer.of(api).register(event, List.of(one, one, two, two)).refused(409, "sold-out");

    Buyer.of(api).register(event, List.of(one, two)).expect(201);
  }

  @Test
  void the_ticket_types_of_a_copied_event_share_the_same() {
    Organizer organizer = new Organizer(api);
    UUID event = organizer.draft(20);
    UUID one = organizer.ticketType(event, 0, null);
    UUID two = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    organizer.owner().post("/api/v1/events/" + event + "/quotas", terms(4, one, two)).expect(201);
    Buyer.of(api).register(event, List.of(one, two)).expect(201);

    UUID copy =
        organizer
            .owner()
            .post(
                "/api/v1/events/" + event + "/copy",
                Map.of("startsAt", "2030-05-01T13:00:00Z", "endsAt", "2030-05-01T21:00:00Z"))
            .expect(201)
            .id();

    Answer copied = organizer.owner().get("/api/v1/events/" + copy + "/quotas").expect(200);
    assertThat(copied.body().at("/data/0/placesLeft").asInt()).isEqualTo(4);
    assertThat(copied.body().at("/data/0/ticketTypeIds"))
        .hasSize(2)
        .noneMatch(id -> List.of(one.toString(), two.toString()).contains(id.asString()));
  }

  @Test
  void an_event_has_a_limited_number_of_quotas() {
    Organizer organizer = new Organizer(api);
    UUID event = organizer.draft(20);
    UUID type = organizer.ticketType(event, 0, null);
    String path = "/api/v1/events/" + event + "/quotas";
    for (int i = 0; i < 20; i++) {
      organizer.owner().withKey(Ids.next().toString()).post(path, terms(4, type)).expect(201);
    }

    organizer
        .owner()
        .withKey(Ids.next().toString())
        .post(path, terms(4, type))
        .refused(409, "too-many-quotas");
  }

  @Test
  void a_counter_that_somebody_has_changed_is_seen() {
    Organizer organizer = new Organizer(api);
    UUID event = organizer.draft(20);
    UUID type = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    int before = quotas.countDifferences(clock.instant());

    jdbc.sql("UPDATE ticket_type SET taken = 3 WHERE id = :id").param("id", type).update();

    assertThat(quotas.countDifferences(clock.instant())).isEqualTo(before + 1);
    jdbc.sql("UPDATE ticket_type SET taken = 0 WHERE id = :id").param("id", type).update();
  }

  private static Map<String, Object> terms(int capacity, UUID... ticketTypes) {
    return Map.of("name", "Seats", "capacity", capacity, "ticketTypeIds", List.of(ticketTypes));
  }
}
