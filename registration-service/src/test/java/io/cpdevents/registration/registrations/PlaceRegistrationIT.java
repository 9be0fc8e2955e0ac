package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.registration.Api;
import io.cpdevents.registration.Api.Answer;
import io.cpdevents.registration.Crowd;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.Places;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class PlaceRegistrationIT {

  private static final String INTERNAL = "Bearer internal-token-of-the-test";

  private final MutableClock clock;
  private final RecordedEvents facts;
  private final JdbcClient jdbc;
  private final PlaceRegistration placeRegistration;
  private final TransactionTemplate transaction;
  private final Api api;
  private final Organizer organizer;
  private final Places places;

  @Autowired
  PlaceRegistrationIT(
      MutableClock clock,
      RecordedEvents facts,
      JdbcClient jdbc,
      PlaceRegistration placeRegistration,
      TransactionTemplate transaction,
      @LocalServerPort int port) {
    this.clock = clock;
    this.facts = facts;
    this.jdbc = jdbc;
    this.placeRegistration = placeRegistration;
    this.transaction = transaction;
    this.api = new Api(port);
    this.organizer = new Organizer(api);
    this.places = new Places(jdbc);
  }

  @Test
  void a_paid_registration_is_held_for_half_an_hour() {
    UUID event = organizer.draft(10);
    UUID standard = organizer.ticketType(event, 12_550, null);
    UUID student = organizer.ticketType(event, 4_000, 5);
    organizer.publish(event);
    UUID account = Ids.next();
    String buyer = TestTokens.bearer(account);

    Answer held = api.register(event, buyer, List.of(standard, student, standard)).expect(201);
    assertThat(held.text("status")).isEqualTo("held");
    assertThat(held.body().at("/total/amountMinor").asLong()).isEqualTo(29_100);
    assertThat(held.body().at("/tickets/0/code").isNull()).isTrue();
    assertThat(Instant.parse(held.text("holdExpiresAt")))
        .isEqualTo(Instant.parse(held.text("createdAt")).plus(Duration.ofMinutes(30)));
    Answer read = api.get("/api/v1/registrations/" + held.id(), buyer).expect(200);
    assertThat(read.body()).isEqualTo(held.body());

    RegistrationHeld told =
        facts.await(RegistrationHeld.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(told.accountId()).isEqualTo(account);
    assertThat(told.total().amountMinor()).isEqualTo(29_100);
    assertThat(told.tickets())
        .extracting(line -> line.total().amountMinor())
        .containsExactly(12_550L, 4_000L, 12_550L);
    assertThat(places.taken(event)).isEqualTo(3);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_free_registration_is_confirmed_at_once() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    Answer confirmed = api.register(event, buyer, List.of(free, free)).expect(201);
    assertThat(confirmed.text("status")).isEqualTo("confirmed");
    assertThat(confirmed.body().path("holdExpiresAt").isNull()).isTrue();
    String code = confirmed.body().at("/tickets/0/code").asString();
    assertThat(code).hasSize(26);
    assertThat(code).isNotEqualTo(confirmed.body().at("/tickets/1/code").asString());
    assertThat(api.get("/api/v1/registrations/" + confirmed.id(), buyer).body())
        .isEqualTo(confirmed.body());
    RegistrationConfirmed told =
        facts.await(
            RegistrationConfirmed.class, fact -> fact.registrationId().equals(confirmed.id()));
    assertThat(told.paymentId()).isNull();
    assertThat(facts.raw())
        .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(code));
  }

  @Test
  void a_registration_is_seen_by_its_buyer_and_the_organization_only() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    UUID id = api.register(event, buyer, List.of(free)).expect(201).id();
    String path = "/api/v1/registrations/" + id;
    for (String reader : List.of(buyer, organizer.bearer(), organizer.member("staff"))) {
      assertThat(api.get(path, reader).expect(200).body().at("/tickets/0/code").asString())
          .hasSize(26);
      JsonNode history = api.get(path + "/history", reader).expect(200).body().path("data");
      assertThat(history).hasSize(1);
      assertThat(history.get(0).path("trigger").asString()).isEqualTo("placed");
    }
    String neighbour = new Organizer(api).bearer();
    for (String other : List.of(Organizer.stranger(), neighbour)) {
      api.get(path, other).refused(404, "registration-not-found");
      api.get(path + "/history", other).refused(404, "registration-not-found");
      assertThat(api.get("/api/v1/registrations", other).body().path("data")).isEmpty();
    }
    api.get(path, Api.ANONYMOUS).expect(401);
    assertThat(ids("/api/v1/events/" + event + "/registrations?limit=5", organizer.bearer()))
        .containsExactly(id);
    assertThat(ids("/api/v1/registrations?limit=5", buyer)).containsExactly(id);
  }

  @Test
  void what_cannot_be_sold_is_refused_by_its_code() {
    UUID event = organizer.draft(3);
    UUID standard = organizer.ticketType(event, 5_000, 2);
    UUID cheap = organizer.ticketType(event, 10, null);
    String buyer = Organizer.stranger();
    api.register(event, buyer, List.of(standard)).refused(404, "event-not-found");
    organizer.publish(event);
    api.register(Ids.next(), buyer, List.of(standard)).refused(404, "event-not-found");
    api.register(event, buyer, List.of(Ids.next())).refused(404, "ticket-type-not-found");
    api.register(event, buyer, List.of(cheap)).refused(409, "total-below-minimum");
    api.register(event, buyer, List.of()).refused(400, "invalid-request");
    api.register(event, Api.ANONYMOUS, List.of(standard)).expect(401);
    api.register(event, buyer, Stream.generate(() -> standard).limit(21).toList())
        .refused(400, "invalid-request");
    api.register(event, buyer, List.of(standard, standard, standard)).refused(409, "sold-out");
    Map<String, Object> ticket =
        Map.of(
            "ticketTypeId",
            standard,
            "attendee",
            Map.of("name", "Ada", "email", "ada@example.org"));
    String path = "/api/v1/events/" + event + "/registrations";
    api.post(path, buyer, Map.of("tickets", List.of(ticket), "promoCode", "SPRING"))
        .refused(409, "promo-invalid");
    for (String email : List.of("", "ada", "ada@", "a da@example.org", "x".repeat(255))) {
      Map<String, Object> bad = new HashMap<>(ticket);
      bad.put("attendee", Map.of("name", "Ada", "email", email));
      api.post(path, buyer, Map.of("tickets", List.of(bad))).refused(400, "invalid-request");
    }
    for (String name : List.of("", " ", "A\nB", "x".repeat(201))) {
      Map<String, Object> bad = new HashMap<>(ticket);
      bad.put("attendee", Map.of("name", name, "email", "ada@example.org"));
      api.post(path, buyer, Map.of("tickets", List.of(bad))).refused(400, "invalid-request");
    }
    api.post(path, buyer, "{\"tickets\":[null]}").refused(400, "invalid-request");
    assertThat(places.taken(event)).isZero();
  }

  @Test
  void tickets_are_sold_within_their_sale_window() {
    UUID event = organizer.draft(10);
    Instant opensAt = clock.instant().plus(Duration.ofDays(2));
    UUID early =
        api.post(
                "/api/v1/events/" + event + "/ticket-types",
                organizer.bearer(),
                Map.of(
                    "name", "Early",
                    "price", Map.of("amountMinor", 0, "currency", "CAD"),
                    "saleOpensAt", opensAt.toString(),
                    "saleClosesAt", opensAt.plus(Duration.ofDays(1)).toString()))
            .expect(201)
            .id();
    organizer.publish(event);
    String buyer = Organizer.stranger();
    api.register(event, buyer, List.of(early)).refused(409, "sales-closed");
    clock.advance(Duration.ofDays(2));
    api.register(event, buyer, List.of(early)).expect(201);
    clock.advance(Duration.ofDays(1));
    api.register(event, buyer, List.of(early)).refused(409, "sales-closed");
  }

  @Test
  void anybody_may_ask_for_the_price() {
    UUID event = organizer.draft(10);
    UUID standard = organizer.ticketType(event, 12_550, null);
    String path = "/api/v1/events/" + event + "/quotes";
    Map<String, Object> wish =
        Map.of("tickets", List.of(Map.of("ticketTypeId", standard, "quantity", 3)));
    api.post(path, Api.ANONYMOUS, wish).refused(404, "event-not-found");
    organizer.publish(event);
    Answer quote = api.post(path, Api.ANONYMOUS, wish).expect(200);
    assertThat(quote.body().at("/price/amountMinor").asLong()).isEqualTo(37_650);
    assertThat(quote.body().at("/discount/amountMinor").asLong()).isZero();
    assertThat(quote.body().at("/total/amountMinor").asLong()).isEqualTo(37_650);
    assertThat(places.taken(event)).isZero();
    Map<String, Object> none =
        Map.of("tickets", List.of(Map.of("ticketTypeId", standard, "quantity", 0)));
    api.post(path, Api.ANONYMOUS, none).refused(400, "invalid-request");
  }

  @Test
  void what_was_agreed_stays_when_the_organizer_changes_the_event() {
    UUID event = organizer.draft(3);
    UUID standard = organizer.ticketType(event, 5_000, 3);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    UUID id = api.register(event, buyer, List.of(standard, standard)).expect(201).id();
    organizer.change(event, Map.of("refundPolicy", Map.of("tiers", List.of())));
    api.patch(
            "/api/v1/ticket-types/" + standard,
            organizer.bearer(),
            Map.of("price", Map.of("amountMinor", 9_000)))
        .expect(200);
    JsonNode registration = api.get("/api/v1/registrations/" + id, buyer).expect(200).body();
    assertThat(registration.at("/total/amountMinor").asLong()).isEqualTo(10_000);
    assertThat(registration.at("/refundPolicy/tiers")).hasSize(1);
    Answer next = api.register(event, buyer, List.of(standard)).expect(201);
    assertThat(next.body().at("/total/amountMinor").asLong()).isEqualTo(9_000);
    assertThat(next.body().at("/refundPolicy/tiers")).isEmpty();

    api.patch("/api/v1/events/" + event, organizer.bearer(), Map.of("capacity", 2))
        .refused(409, "capacity-below-taken");
    api.patch("/api/v1/ticket-types/" + standard, organizer.bearer(), Map.of("quota", 2))
        .refused(409, "quota-below-taken");
    api.delete("/api/v1/ticket-types/" + standard, organizer.bearer())
        .refused(409, "ticket-type-in-use");
    places.assertTheyAddUp(event);
  }

  @Test
  void a_mail_gets_its_content_from_inside_only() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    UUID id = api.register(event, Organizer.stranger(), List.of(free)).expect(201).id();
    UUID other = api.register(event, Organizer.stranger(), List.of(free)).expect(201).id();
    String path = "/internal/mail-contents?registrationId=" + id;
    Answer one = api.get(path, INTERNAL).expect(200);
    JsonNode content = one.body().get(0);
    assertThat(content.at("/registrationId").asString()).isEqualTo(id.toString());
    assertThat(content.at("/reference").asString()).matches("[0-9A-Z]{5}-[0-9A-Z]{5}");
    assertThat(content.at("/event/timeZone").asString()).isEqualTo("America/Toronto");
    assertThat(content.at("/tickets/0/attendeeName").asString()).isEqualTo("Ada Lovelace");
    assertThat(content.at("/tickets/0/code").asString()).hasSize(26);
    String several = path + "&registrationId=" + Ids.next() + "&registrationId=" + other;
    assertThat(api.get(several, INTERNAL).expect(200).body().valueStream())
        .extracting(known -> known.at("/registrationId").asString())
        .containsExactlyInAnyOrder(id.toString(), other.toString());
    String tooMany = path + ("&registrationId=" + id).repeat(50);
    assertThat(api.get(tooMany, INTERNAL).expect(400).code()).isEqualTo("invalid-request");
    api.get(path, organizer.bearer()).expect(401);
    api.get(path, Api.ANONYMOUS).expect(401);
  }

  @Test
  void two_hundred_people_get_the_last_fifty_places() {
    UUID event = organizer.draft(50);
    UUID standard = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    List<Answer> answers =
        Crowd.of(
            200,
            _ -> {
              String buyer = Organizer.stranger();
              return () -> api.register(event, buyer, List.of(standard));
            });
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(150)
        .allMatch(answer -> answer.status() == 409 && answer.code().equals("sold-out"));
    assertThat(places.taken(event)).isEqualTo(50);
    assertThat(places.registrations(event, "held")).isEqualTo(50);
    places.assertTheyAddUp(event);
    facts.await(
        RegistrationHeld.class,
        _ ->
            facts.all(RegistrationHeld.class).stream()
                    .filter(fact -> fact.eventId().equals(event))
                    .count()
                == 50);
  }

  @Test
  void quotas_hold_in_a_crowd_that_wants_mixed_tickets_and_nobody_deadlocks() {
    UUID event = organizer.draft(60);
    UUID first = organizer.ticketType(event, 0, 20);
    UUID second = organizer.ticketType(event, 0, 15);
    UUID third = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    List<Answer> answers =
        Crowd.of(
            150,
            number -> {
              String buyer = Organizer.stranger();
              List<UUID> wish =
                  switch (number % 3) {
                    case 0 -> List.of(first, second);
                    case 1 -> List.of(second, first, third);
                    default -> List.of(third, second);
                  };
              return () -> api.register(event, buyer, wish);
            });
    assertThat(answers)
        .allMatch(answer ->
            answer.status() == 201 || (answer.status() == 409 && answer.code().equals("sold-out")));
    assertThat(places.taken(event)).isLessThanOrEqualTo(60);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_repeat_that_overtook_the_first_is_not_told_that_its_own_places_sold_the_type_out() {
    UUID event = organizer.draft(10);
    UUID last = organizer.ticketType(event, 5_000, 1);
    organizer.publish(event);

    assertThat(twiceAtOnce(event, last)).hasSize(1);
    assertThat(places.taken(event)).isEqualTo(1);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_repeat_that_overtook_the_first_is_not_told_that_its_own_registration_is_the_limit() {
    Map<String, Object> request = organizer.eventRequest("One each", 10);
    request.put("perAccountLimit", 1);
    UUID event = organizer.create(request);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);

    assertThat(twiceAtOnce(event, free)).hasSize(1);
    assertThat(places.taken(event)).isEqualTo(1);
  }

  /** Serves one request twice, both past their look at the offer before either takes the place. */
  private Set<UUID> twiceAtOnce(UUID event, UUID ticketType) {
    PlaceRegistration.Command command =
        new PlaceRegistration.Command(
            Ids.next(),
            event,
            Ids.next(),
            List.of(
                new PlaceRegistration.TicketRequest(
                    ticketType, new Attendee("Ada Lovelace", "ada@example.org"))),
            null);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<UUID>> answers = new ArrayList<>();
      transaction.executeWithoutResult(_ -> {
        jdbc.sql("SELECT id FROM event WHERE id = :id FOR UPDATE")
            .param("id", event)
            .query(UUID.class)
            .single();
        for (int i = 0; i < 2; i++) {
          answers.add(
              CompletableFuture.supplyAsync(() -> placeRegistration.handle(command).id(), threads));
        }
        await().until(() -> waitingForLocks() == 2);
      });
      return answers.stream().map(CompletableFuture::join).collect(toSet());
    }
  }

  private int waitingForLocks() {
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Integer.class)
        .single();
  }

  @Test
  void one_account_gets_no_more_than_its_limit_however_fast_it_asks() {
    Map<String, Object> request = organizer.eventRequest("Limited", 100);
    request.put("perAccountLimit", 3);
    UUID event = organizer.create(request);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String greedy = Organizer.stranger();
    List<Answer> answers = Crowd.of(20, _ -> () -> api.register(event, greedy, List.of(free)));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allMatch(answer -> answer.code().equals("account-limit-reached"));
    api.register(event, Organizer.stranger(), List.of(free)).expect(201);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_limit_that_comes_later_counts_what_was_there_before() {
    UUID event = organizer.draft(100);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String early = Organizer.stranger();
    api.register(event, early, List.of(free)).expect(201);
    api.register(event, early, List.of(free)).expect(201);
    organizer.change(event, Map.of("perAccountLimit", 2));
    api.register(event, early, List.of(free)).refused(409, "account-limit-reached");
    places.assertTheyAddUp(event);
    Map<String, Object> noLimit = new HashMap<>();
    noLimit.put("perAccountLimit", null);
    organizer.change(event, noLimit);
    api.register(event, early, List.of(free)).expect(201);
    organizer.change(event, Map.of("perAccountLimit", 4));
    api.register(event, early, List.of(free)).expect(201);
    api.register(event, early, List.of(free)).refused(409, "account-limit-reached");
    places.assertTheyAddUp(event);
  }

  @Test
  void ten_equal_requests_with_one_key_make_one_registration() {
    UUID event = organizer.draft(100);
    UUID standard = organizer.ticketType(event, 5_000, null);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    String key = Ids.next().toString();
    List<Answer> answers =
        Crowd.of(10, _ -> () -> api.register(event, buyer, List.of(standard), key));
    assertThat(answers)
        .allMatch(answer -> answer.status() == 201 || answer.code().equals("in-progress"));
    assertThat(answers.stream().filter(answer -> answer.status() == 201).map(Answer::id).distinct())
        .hasSize(1);
    assertThat(api.register(event, buyer, List.of(standard), key).expect(201).id())
        .isEqualTo(ids("/api/v1/registrations?limit=5", buyer).getFirst());
    assertThat(places.registrations(event, "held")).isEqualTo(1);
    assertThat(places.taken(event)).isEqualTo(1);
  }

  @Test
  void a_request_that_is_repeated_after_a_crash_finds_its_registration_even_when_it_is_the_last() {
    UUID event = organizer.draft(1);
    UUID standard = organizer.ticketType(event, 5_000, null);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    String key = Ids.next().toString();
    UUID id = api.register(event, buyer, List.of(standard), key).expect(201).id();
    // The process died after the commit and before it kept its answer.
    jdbc.sql(
            """
            UPDATE api_idempotency SET status = NULL, body = NULL, locked_until = NULL
            WHERE key = :key
            """)
        .param("key", key)
        .update();
    assertThat(api.register(event, buyer, List.of(standard), key).expect(201).id()).isEqualTo(id);
    api.register(event, buyer, List.of(standard)).refused(409, "sold-out");
    assertThat(places.taken(event)).isEqualTo(1);
    assertThat(
            facts.all(RegistrationEvent.class).stream()
                .filter(fact -> fact.registrationId().equals(id)))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_crowd_keeps_buying_while_the_organizer_changes_the_event() {
    UUID event = organizer.draft(500);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    List<Answer> answers =
        Crowd.of(
            60,
            number -> {
              String buyer = Organizer.stranger();
              return number % 10 == 0
                  ? () ->
                      api.patch(
                          "/api/v1/events/" + event,
                          organizer.bearer(),
                          Map.of("title", "Title " + number))
                  : () -> api.register(event, buyer, List.of(free));
            });
    assertThat(answers)
        .allMatch(answer ->
            answer.status() == 201
                || answer.status() == 200
                || answer.code().equals("event-changed"));
    places.assertTheyAddUp(event);
  }

  @Test
  void lists_of_registrations_are_walked_without_a_gap_or_a_repeat() {
    UUID event = organizer.draft(100);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    String buyer = Organizer.stranger();
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(api.register(event, buyer, List.of(free)).expect(201).id());
    }
    assertThat(ids("/api/v1/registrations?limit=2", buyer))
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(ids("/api/v1/events/" + event + "/registrations?limit=2", organizer.bearer()))
        .containsExactlyInAnyOrderElementsOf(made);
  }

  private List<UUID> ids(String path, String bearer) {
    List<UUID> ids = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          api.get(path + (next.isEmpty() ? "" : "&after=" + next), bearer).expect(200).body();
      page.path("data").forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return ids;
  }
}
