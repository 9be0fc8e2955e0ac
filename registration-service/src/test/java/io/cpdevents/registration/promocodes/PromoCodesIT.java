package io.cpdevents.registration.promocodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.registration.Organizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CpdIntegrationTest
class PromoCodesIT {

  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  PromoCodesIT(ApiClient api) {
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @Test
  void a_code_is_made_read_changed_and_ended() {
    Answer made =
        organizer.promoCode("early-27", Map.of("percentOff", 2_500, "maxUses", 100)).expect(201);
    String path = "/api/v1/promo-codes/" + made.id();

    assertThat(made.text("code")).isEqualTo("EARLY-27");
    assertThat(made.text("status")).isEqualTo("active");
    assertThat(made.body().path("uses").asInt(-1)).isZero();
    assertThat(made.body().path("amountOff").isNull()).isTrue();
    organizer.owner().patch(path, Map.of("maxUses", 5)).expect(200);
    Answer ended = organizer.owner().patch(path, Map.of("status", "ended")).expect(200);
    assertThat(ended.text("status")).isEqualTo("ended");
    assertThat(ended.body().path("maxUses").asInt()).isEqualTo(5);
    assertThat(ended.body().path("version").asInt()).isEqualTo(3);
    assertThat(organizer.member("staff").get(path).expect(200).body()).isEqualTo(ended.body());
    assertThat(
            organizer
                .member("finance")
                .get("/api/v1/organizations/" + organizer.organizationId() + "/promo-codes")
                .expect(200)
                .body()
                .path("data"))
        .containsExactly(ended.body());
  }

  @Test
  void a_code_is_there_once_in_an_organization_however_it_is_written() {
    organizer.promoCode("Spring", Map.of("percentOff", 1_000)).expect(201);

    organizer.promoCode("sPRING", Map.of("percentOff", 1_000)).refused(409, "promo-code-taken");
    new Organizer(api).promoCode("SPRING", Map.of("percentOff", 1_000)).expect(201);
  }

  @Test
  void two_changes_at_once_are_both_made_and_of_two_with_the_same_version_one_is_refused() {
    for (int round = 0; round < 10; round++) {
      String path =
          "/api/v1/promo-codes/"
              + organizer.promoCode("BOTH" + round, Map.of("percentOff", 10_000)).expect(201).id();
      List<Map<String, ?>> changes =
          List.of(Map.of("maxUses", 5), Map.of("validUntil", "2028-01-01T00:00:00Z"));
      AtOnce.numbered(2, i -> organizer.owner().patch(path, changes.get(i)).expect(200));
      Answer both = organizer.owner().get(path).expect(200);
      List<Answer> answers =
          AtOnce.numbered(
              2,
              i ->
                  organizer
                      .owner()
                      .with("If-Match", "\"3\"")
                      .patch(path, Map.of("maxUses", 10 + i)));

      assertThat(both.body().path("maxUses").asInt()).isEqualTo(5);
      assertThat(both.text("validUntil")).isEqualTo("2028-01-01T00:00:00Z");
      assertThat(both.body().path("version").asInt()).isEqualTo(3);
      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
    }
  }

  @Test
  void a_code_is_ended_although_what_it_was_for_is_gone_and_nobody_revives_it_by_null() {
    UUID event = organizer.draft(5);
    UUID gone = organizer.ticketType(event, 1_000, null);
    String path =
        "/api/v1/promo-codes/"
            + organizer
                .promoCode("GONE", Map.of("percentOff", 100, "ticketTypeIds", List.of(gone)))
                .expect(201)
                .id();
    organizer.owner().delete("/api/v1/ticket-types/" + gone).expect(204);

    organizer.owner().patch(path, Map.of("status", "ended")).expect(200);
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("status", null);
    assertThat(organizer.owner().patch(path, nothing).refused(400, "invalid-request").fieldErrors())
        .containsExactly("status: required");
  }

  @Test
  void a_code_is_for_the_organizations_own_events_only() {
    Organizer neighbour = new Organizer(api);
    UUID event = neighbour.draft(5);
    UUID ticketType = neighbour.ticketType(event, 1_000, null);
    Map<String, Object> terms = new HashMap<>(Map.of("percentOff", 1_000));

    terms.put("eventIds", List.of(event));
    assertThat(organizer.promoCode("MINE", terms).refused(400, "invalid-request").fieldErrors())
        .containsExactly("eventIds: not-found");
    terms.remove("eventIds");
    terms.put("ticketTypeIds", List.of(ticketType));
    assertThat(organizer.promoCode("MINE", terms).refused(400, "invalid-request").fieldErrors())
        .containsExactly("ticketTypeIds: not-found");
    neighbour.promoCode("MINE", terms).expect(201);
  }

  @Test
  void only_owners_and_admins_make_and_change_codes_and_strangers_see_none() {
    UUID code = organizer.promoCode("OURS", Map.of("percentOff", 1_000)).expect(201).id();
    String path = "/api/v1/promo-codes/" + code;
    Map<String, Object> another = Map.of("code", "MORE", "percentOff", 10_000);

    organizer
        .member("staff")
        .post("/api/v1/organizations/" + organizer.organizationId() + "/promo-codes", another)
        .refused(403, "role-missing");
    organizer.member("finance").patch(path, Map.of("maxUses", 1)).refused(403, "role-missing");
    ApiClient stranger = new Organizer(api).owner();
    stranger.get(path).refused(404, "promo-code-not-found");
    stranger.patch(path, Map.of("maxUses", 1)).refused(404, "promo-code-not-found");
  }

  @Test
  void terms_that_make_no_sense_are_refused_by_field() {
    Map<String, Object> money = Map.of("amountMinor", 500, "currency", "CAD");

    assertThat(organizer.promoCode("X1", Map.of()).refused(400, "invalid-request").fieldErrors())
        .containsExactlyInAnyOrder("percentOff: one-of-two", "amountOff: one-of-two");
    assertThat(
            organizer
                .promoCode("X1", Map.of("percentOff", 10, "amountOff", money))
                .refused(400, "invalid-request")
                .fieldErrors())
        .hasSize(2);
    assertThat(
            organizer
                .promoCode("X1", Map.of("percentOff", 10_001))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("percentOff: out-of-range");
    assertThat(
            organizer
                .promoCode("a b", Map.of("percentOff", 100))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("code: wrong-format");
    assertThat(
            organizer
                .promoCode(
                    "X1",
                    Map.of(
                        "percentOff",
                        100,
                        "validFrom",
                        "2027-01-02T00:00:00Z",
                        "validUntil",
                        "2027-01-01T00:00:00Z"))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("validUntil: not-after-from");
    UUID id = organizer.promoCode("X1", Map.of("amountOff", money)).expect(201).id();
    assertThat(
            organizer
                .owner()
                .patch("/api/v1/promo-codes/" + id, Map.of("code", "X2"))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly("code: never-changes");
  }
}
