package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Journey
class OneFaceIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/clock",
        "/internal/jwks",
        "/internal/token-exchanges",
        "/api/v1/internal/clock",
        "/actuator/env",
        "/_sandbox/state"
      })
  void what_is_internal_cannot_be_reached(String path) {
    World world = SharedPlatform.world();

    Answer answer = world.api().bearing(world.address().internalToken()).get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "registration", "billing", "payout", "notification"})
  void every_service_shows_its_document_at_one_place(String service) {
    World world = SharedPlatform.world();

    assertThat(world.api().get("/v3/api-docs/swagger-config").expect(200).body())
        .contains("\"/v3/api-docs\"", "\"/v3/api-docs/" + service + "\"");
    JsonNode document = world.api().get("/v3/api-docs/" + service).expect(200).json();
    assertThat(document.path("paths")).isNotEmpty();
    assertThat(document.at("/servers/0/url").asString()).isEqualTo(world.address().gatewayUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "registration", "billing", "payout", "notification"})
  void support_looks_into_the_states_of_the_processes_of_every_service(String service) {
    Api support = SharedPlatform.world().support().api();
    String processes = "/api/v1/ops/" + service + "/processes";

    JsonNode state = support.get(processes).expect(200).data().get(0);

    support
        .get(
            "%s/%s/states/%s"
                .formatted(
                    processes, state.path("process").asString(), state.path("state").asString()))
        .expect(200);
  }

  @Test
  void what_has_not_changed_is_not_sent_again(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 40_00);
    String path = "/api/v1/events/" + event.id();
    String seen = world.api().get(path).expect(200).header("ETag").orElseThrow();

    for (String known : List.of(seen, "W/" + seen, "*")) {
      assertThat(world.api().with("If-None-Match", known).get(path).expect(304).body()).isEmpty();
    }

    world.somebody("Ada Attendee").registersFor(event, 1);
    Answer read = world.api().with("If-None-Match", seen).get(path).expect(200);
    assertThat(read.json().path("placesLeft").asInt()).isEqualTo(4);
  }

  @Test
  void a_ticket_type_of_a_draft_is_removed(World world) {
    Organization organization = world.anOrganization();
    Api owner = organization.owner().api();
    String types = "/api/v1/events/" + EventDraft.of(organization, 5).saved() + "/ticket-types";
    Map<String, Object> terms =
        Map.of("name", "Student", "price", Map.of("amountMinor", 0, "currency", "CAD"));
    String student = "/api/v1/ticket-types/" + owner.post(types, terms).expect(201).id();

    owner.delete(student).expect(204);

    assertThat(owner.get(student).status()).isEqualTo(404);
  }

  @Test
  void health_is_public_and_says_no_more_than_up(World world) {
    assertThat(world.api().get("/health").expect(200).body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void strangers_are_told_to_log_in_and_others_see_nothing(World world) {
    PublishedEvent event = world.anOrganization().publishes(5, 40_00);
    Registration registration = world.somebody("Ada Attendee").registersFor(event, 1);
    Person stranger = world.somebody("Sam Stranger");
    String mine = "/api/v1/registrations/" + registration.id();

    assertThat(world.api().get(mine).status()).isEqualTo(401);
    assertThat(stranger.api().get(mine).status()).isEqualTo(404);
    assertThat(stranger.api().get("/api/v1/finance/accounts").status()).isEqualTo(403);
    assertThat(stranger.api().get("/api/v1/payments/" + registration.payment().id()).status())
        .isEqualTo(404);
  }

  @Test
  void a_webhook_with_a_wrong_signature_is_refused(World world) {
    for (String signature : new String[] {"", "t=abc", "t", "v1", "t=1,v1=00"}) {
      Answer answer =
          world
              .api()
              .with("Stripe-Signature", signature)
              .post("/webhooks/stripe", Map.of("id", "evt_1"));
      assertThat(answer.status()).as(signature).isEqualTo(400);
      assertThat(answer.code()).as(signature).isNotEmpty();
    }
  }
}
