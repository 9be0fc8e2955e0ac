package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class EventOptionsIT {

  @Test
  void speakers_answer_what_they_are_asked_and_buy_what_nobody_else_sees_and_next_year_again(
      World world) {
    Organization organization = world.anOrganization();
    Api owner = organization.owner().api();
    PublishedEvent event = EventDraft.of(organization, 5).publishedAt(60_00);
    Map<String, Object> forSpeakers =
        Map.of(
            "name",
            "Speakers",
            "price",
            Map.of("amountMinor", 0, "currency", "CAD"),
            "hidden",
            true,
            "accessCodes",
            List.of("STAGE-27"));
    owner.post(event.path() + "/ticket-types", forSpeakers).expect(201);
    Map<String, Object> terms =
        Map.of("label", "I accept the terms", "kind", "consent", "required", true, "per", "buyer");
    owner.put(event.path() + "/questions", Map.of("data", List.of(terms))).expect(200);
    Person sue = world.somebody("Sue Speaker");

    JsonNode asked = sue.api().get(event.path() + "/questions").expect(200).data().get(0);
    JsonNode opened =
        sue.api().get(event.path() + "/ticket-types?accessCode=stage-27").expect(200).data().get(1);
    Map<String, Object> ticket =
        Map.of(
            "ticketTypeId", opened.path("id").asString(),
            "attendee", Map.of("name", "Sue Speaker", "email", sue.email()));
    Answer without =
        sue.api()
            .post(
                event.registrationsPath(),
                Map.of("tickets", List.of(ticket), "accessCode", "stage-27"));
    Answer booked =
        sue.api()
            .post(
                event.registrationsPath(),
                Map.of(
                    "tickets", List.of(ticket),
                    "accessCode", "stage-27",
                    "answers",
                        List.of(
                            Map.of("questionId", asked.path("id").asString(), "value", "true"))));

    assertThat(without.code()).isEqualTo("invalid-request");
    assertThat(booked.expect(201).json().at("/answers/0/label").asString())
        .isEqualTo("I accept the terms");
    assertThat(booked.json().path("status").asString()).isEqualTo("confirmed");
    assertThat(world.api().get(event.path()).expect(200).json().path("ticketTypes")).hasSize(1);
    Answer copy =
        owner.post(
            event.path() + "/copy",
            Map.of("startsAt", "2031-05-01T13:00:00Z", "endsAt", "2031-05-01T21:00:00Z"));
    String path = "/api/v1/events/" + copy.expect(201).id();
    assertThat(copy.json().path("ticketTypes")).hasSize(2);
    assertThat(copy.json().path("placesLeft").asInt()).isEqualTo(5);
    assertThat(owner.get(path + "/questions").expect(200).data()).hasSize(1);
  }

  @Test
  void the_public_list_may_be_kept_for_seconds_by_who_is_not_logged_in(World world) {
    world.anOrganization().publishes(5, 60_00);
    Answer list = world.api().get("/api/v1/events?price=paid&mode=in-person&limit=1").expect(200);
    assertThat(list.header("Cache-Control")).contains("max-age=5, public");
    assertThat(list.header("ETag")).isPresent();
    Answer mine = world.somebody("Ada Attendee").api().get("/api/v1/events?limit=1").expect(200);
    assertThat(mine.header("Cache-Control")).contains("no-store");
  }
}
