package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class HiddenTicketTypesIT {

  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  HiddenTicketTypesIT(ApiClient api) {
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @Test
  void without_its_code_a_hidden_ticket_type_is_not_there() {
    UUID event = organizer.draft(10);
    UUID open = organizer.ticketType(event, 5_000, null);
    UUID hidden = hidden(event, "Speaker-27", "SPEAKER-28");
    organizer.publish(event);
    String path = "/api/v1/ticket-types/" + hidden;
    assertThat(types(api.get("/api/v1/events/" + event))).containsExactly(open);
    assertThat(types(organizer.member("staff").get("/api/v1/events/" + event)))
        .containsExactly(open, hidden);
    assertThat(organizer.owner().get(path).expect(200).body().path("accessCodes").toString())
        .isEqualTo("[\"SPEAKER-27\",\"SPEAKER-28\"]");
    api.get(path).refused(404, "ticket-type-not-found");
    Buyer buyer = Buyer.of(api);
    buyer.register(event, List.of(hidden)).refused(404, "ticket-type-not-found");
    quote(event, hidden, null).refused(404, "ticket-type-not-found");
    quote(event, hidden, "SPEAKER").refused(404, "ticket-type-not-found");

    JsonNode behind = open(buyer.api(), event, "speaker-27").expect(200).body().path("data");
    assertThat(behind.valueStream().map(type -> type.path("id").asString()))
        .containsExactly(open.toString(), hidden.toString());
    assertThat(behind.at("/1/accessCodes").isNull()).isTrue();
    JsonNode without =
        api.get("/api/v1/events/" + event + "/ticket-types").expect(200).body().path("data");
    assertThat(without).hasSize(1);
    open(buyer.api(), event, "SPEAKER").refused(404, "ticket-type-not-found");
    quote(event, hidden, "speaker-28").expect(200);
    register(buyer, event, hidden, "speaker-27").expect(201);

    Map<String, Object> withoutCodes = new HashMap<>();
    withoutCodes.put("accessCodes", null);
    organizer.owner().patch(path, withoutCodes).expect(200);
    register(buyer, event, hidden, "speaker-27").refused(404, "ticket-type-not-found");
    organizer.owner().patch(path, Map.of("hidden", false)).expect(200);
    register(buyer, event, hidden, null).expect(201);
    assertThat(types(api.get("/api/v1/events/" + event))).containsExactly(open, hidden);
  }

  @Test
  void who_tries_many_codes_is_refused_also_with_the_right_one() {
    UUID event = organizer.draft(10);
    UUID hidden = hidden(event, "RIGHT");
    organizer.publish(event);
    Buyer guesser = Buyer.of(api);
    for (int i = 0; i < PromoGuesses.MAX_WRONG_CODES / 2; i++) {
      open(guesser.api(), event, "WRONG-" + i).refused(404, "ticket-type-not-found");
      register(guesser, event, hidden, "WRONG-" + i).refused(404, "ticket-type-not-found");
    }
    open(guesser.api(), event, "RIGHT").refused(429, "too-many-requests");
    register(guesser, event, hidden, "RIGHT").refused(429, "too-many-requests");
    register(Buyer.of(api), event, hidden, "RIGHT").expect(201);
  }

  @Test
  void codes_of_a_draft_open_nothing() {
    UUID event = organizer.draft(10);
    hidden(event, "RIGHT");
    open(api, event, "RIGHT").refused(404, "event-not-found");
  }

  private UUID hidden(UUID event, String... codes) {
    Map<String, Object> terms =
        Map.of(
            "name",
            "Speakers",
            "price",
            Map.of("amountMinor", 0, "currency", "CAD"),
            "hidden",
            true,
            "accessCodes",
            List.of(codes));
    return organizer
        .owner()
        .post("/api/v1/events/" + event + "/ticket-types", terms)
        .expect(201)
        .id();
  }

  private Answer quote(UUID event, UUID ticketType, @Nullable String code) {
    Map<String, Object> request = new HashMap<>();
    request.put("tickets", List.of(Map.of("ticketTypeId", ticketType, "quantity", 1)));
    request.put("accessCode", code);
    return api.post("/api/v1/events/" + event + "/quotes", request);
  }

  private static Answer register(
      Buyer buyer, UUID event, UUID ticketType, @Nullable String accessCode) {
    Map<String, Object> request = new HashMap<>(Buyer.request(List.of(ticketType)));
    request.put("accessCode", accessCode);
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post("/api/v1/events/" + event + "/registrations", request);
  }

  private static Answer open(ApiClient caller, UUID event, String code) {
    return caller.get("/api/v1/events/%s/ticket-types?accessCode=%s".formatted(event, code));
  }

  private static List<UUID> types(Answer event) {
    return event
        .expect(200)
        .body()
        .path("ticketTypes")
        .valueStream()
        .map(type -> UUID.fromString(type.path("id").asString()))
        .toList();
  }
}
