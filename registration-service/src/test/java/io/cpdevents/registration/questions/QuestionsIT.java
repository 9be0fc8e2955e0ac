package io.cpdevents.registration.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class QuestionsIT {

  private final RecordedEvents recorded;
  private final JdbcClient jdbc;
  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  QuestionsIT(RecordedEvents recorded, JdbcClient jdbc, ApiClient api) {
    this.recorded = recorded;
    this.jdbc = jdbc;
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @Test
  void what_is_asked_is_answered_and_stays_answered_as_it_was_asked() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    JsonNode asked =
        ask(event, List.of(meal(null, "Meal"), terms())).expect(200).body().path("data");
    organizer.publish(event);
    UUID meal = UUID.fromString(asked.at("/0/id").asString());
    UUID terms = UUID.fromString(asked.at("/1/id").asString());
    assertThat(api.get(path(event)).expect(200).body().path("data")).isEqualTo(asked);
    Buyer buyer = Buyer.of(api);
    register(buyer, event, free, List.of()).refused(400, "invalid-request");
    assertThat(placesLeft(event)).isEqualTo(10);
    List<Map<String, Object>> given =
        List.of(
            Map.of("questionId", meal, "ticketIndex", 1, "value", "None"),
            Map.of("questionId", meal, "ticketIndex", 0, "value", "Meat"),
            Map.of("questionId", terms, "value", "true"));

    Answer made = register(buyer, event, free, given).expect(201);
    ask(event, List.of(meal(meal, "Which meal?"))).expect(200);

    JsonNode answers = made.body().path("answers");
    assertThat(answers.valueStream().map(one -> one.path("label").asString()))
        .containsExactly("Meal", "Meal", "I accept the terms");
    assertThat(answers.at("/0/ticketId")).isEqualTo(made.body().at("/tickets/1/id"));
    String registration = "/api/v1/registrations/" + made.id();
    assertThat(buyer.api().get(registration).expect(200).body().path("answers")).isEqualTo(answers);
    assertThat(
            organizer
                .member("staff")
                .get("/api/v1/events/" + event + "/registrations")
                .expect(200)
                .body()
                .at("/data/0/answers"))
        .isEqualTo(answers);
    Buyer next = Buyer.of(api);
    register(next, event, free, given).refused(400, "invalid-request");
    register(next, event, free, given.subList(0, 2)).expect(201);
    AuditEntryRecorded entry =
        recorded.await(
            AuditEntryRecorded.class,
            audit ->
                audit.action().equals("event.questions-changed")
                    && audit.subjectId().equals(event.toString())
                    && String.valueOf(audit.before()).contains("I accept"));
    assertThat(String.valueOf(entry.after())).contains("Which meal?");
  }

  @Test
  void a_registration_that_takes_no_places_leaves_no_answers() {
    UUID event = organizer.draft(1);
    UUID free = organizer.ticketType(event, 0, null);
    UUID terms =
        UUID.fromString(
            ask(event, List.of(terms())).expect(200).body().at("/data/0/id").asString());
    organizer.publish(event);
    List<Map<String, Object>> given = List.of(Map.of("questionId", terms, "value", "true"));

    register(Buyer.of(api), event, free, given).refused(409, "sold-out");

    assertThat(
            jdbc.sql("SELECT count(*) FROM registration_answer WHERE question_id = :id")
                .param("id", terms)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void of_two_organizers_the_second_sees_that_the_questions_have_changed() {
    UUID event = organizer.draft(10);
    String seen = organizer.owner().get(path(event)).expect(200).header("ETag");
    ApiClient late = organizer.owner().with("If-Match", seen);
    late.put(path(event), Map.of("data", List.of(terms()))).expect(200);
    late.put(path(event), Map.of("data", List.of())).refused(412, "changed-meanwhile");
    String now = organizer.owner().get(path(event)).header("ETag");
    JsonNode same = organizer.owner().get(path(event)).body().path("data");
    assertThat(organizer.owner().put(path(event), Map.of("data", same)).expect(200).header("ETag"))
        .isEqualTo(now);
  }

  @Test
  void who_may_not_asks_nothing_and_junk_is_refused() {
    UUID event = organizer.draft(10);
    ApiClient stranger = Buyer.of(api).api();
    api.put(path(event), Map.of("data", List.of())).expect(401);
    stranger.put(path(event), Map.of("data", List.of())).refused(404, "event-not-found");
    stranger.get(path(event)).refused(404, "event-not-found");
    organizer
        .member("staff")
        .put(path(event), Map.of("data", List.of()))
        .refused(403, "role-missing");
    UUID other = organizer.draft(10);
    UUID others =
        UUID.fromString(
            ask(other, List.of(terms())).expect(200).body().at("/data/0/id").asString());
    assertThat(
            ask(event, List.of(meal(others, "Meal"))).refused(400, "invalid-request").fieldErrors())
        .containsExactly("data[0].id: not-found");
    Map<String, Object> noChoices = meal(null, "Meal");
    noChoices.remove("choices");
    Map<String, Object> twice = meal(null, "Meal");
    twice.put("choices", List.of("Meat", "Meat"));
    Map<String, Object> choicesOfConsent = terms();
    choicesOfConsent.put("choices", List.of("Yes", "No"));
    assertThat(
            ask(event, List.of(noChoices, twice, choicesOfConsent))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "data[0].choices: required",
            "data[1].choices: given-twice",
            "data[2].choices: wrong-length");
  }

  private Answer ask(UUID event, List<Map<String, Object>> questions) {
    return organizer.owner().put(path(event), Map.of("data", questions));
  }

  private static Map<String, Object> meal(@Nullable UUID id, String label) {
    Map<String, Object> question = new HashMap<>();
    question.put("id", id);
    question.put("label", label);
    question.put("kind", "choice");
    question.put("required", true);
    question.put("per", "ticket");
    question.put("choices", List.of("Meat", "None"));
    return question;
  }

  private static Map<String, Object> terms() {
    Map<String, Object> question = new HashMap<>();
    question.put("label", "I accept the terms");
    question.put("kind", "consent");
    question.put("required", true);
    question.put("per", "buyer");
    return question;
  }

  private static Answer register(
      Buyer buyer, UUID event, UUID ticketType, List<Map<String, Object>> answers) {
    Map<String, Object> request = new HashMap<>(Buyer.request(List.of(ticketType, ticketType)));
    request.put("answers", answers);
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post("/api/v1/events/" + event + "/registrations", request);
  }

  private int placesLeft(UUID event) {
    return api.get("/api/v1/events/" + event).expect(200).body().path("placesLeft").asInt();
  }

  private static String path(UUID event) {
    return "/api/v1/events/" + event + "/questions";
  }
}
