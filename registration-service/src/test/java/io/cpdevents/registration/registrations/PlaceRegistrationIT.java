package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class PlaceRegistrationIT {

  private static final String INTERNAL = "Bearer internal-token-of-the-test";

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final JdbcClient jdbc;
  private final PlaceRegistration placeRegistration;
  private final ExpireHolds expireHolds;
  private final RemoveHoldOrigins removeHoldOrigins;
  private final TransactionTemplate transaction;
  private final MeterRegistry metrics;
  private final ApiClient api;
  private final Organizer organizer;
  private final PlaceCounts places;
  private final Bookings bookings;
  private final AcceptPayment acceptPayment;

  @Autowired
  PlaceRegistrationIT(
      MutableClock clock,
      RecordedEvents recorded,
      JdbcClient jdbc,
      PlaceRegistration placeRegistration,
      ExpireHolds expireHolds,
      RemoveHoldOrigins removeHoldOrigins,
      TransactionTemplate transaction,
      MeterRegistry metrics,
      AcceptPayment acceptPayment,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.jdbc = jdbc;
    this.placeRegistration = placeRegistration;
    this.expireHolds = expireHolds;
    this.removeHoldOrigins = removeHoldOrigins;
    this.transaction = transaction;
    this.metrics = metrics;
    this.acceptPayment = acceptPayment;
    this.api = api;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @Test
  void unpaid_requests_of_one_account_keep_places_for_others_however_they_come() {
    UUID event = organizer.draft(19);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Buyer greedy = Buyer.of(api);

    Answer all = greedy.register(event, Collections.nCopies(19, ticketType));
    List<Integer> statuses =
        AtOnce.times(10, () -> greedy.register(event, List.of(ticketType)).status());

    all.expect(409);
    assertThat(all.text("code")).isEqualTo("hold-too-large");
    assertThat(all.text("detail")).contains("10");
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(3);
    Answer fourth = greedy.register(event, List.of(ticketType)).expect(409);
    assertThat(fourth.text("code")).isEqualTo("hold-limit-reached");
    Buyer.of(api).register(event, Collections.nCopies(8, ticketType)).expect(201);
    places.assertTheyAddUp(event);
  }

  @Test
  void one_account_cannot_hold_the_last_places_in_parts() {
    UUID event = organizer.draft(19);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    UUID scarce = organizer.ticketType(event, 4_000, 6);
    organizer.publish(event);
    Buyer greedy = Buyer.of(api);

    greedy.register(event, Collections.nCopies(5, scarce)).expect(201);
    Answer restOfQuota = greedy.register(event, List.of(scarce)).expect(409);
    greedy.register(event, Collections.nCopies(4, ticketType)).expect(201);
    List<Answer> more = AtOnce.times(10, () -> greedy.register(event, List.of(ticketType)));

    assertThat(restOfQuota.text("code")).isEqualTo("hold-too-large");
    assertThat(more).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(places.taken(event)).isEqualTo(10);
    Buyer.of(api).register(event, Collections.nCopies(5, ticketType)).expect(201);
    places.assertTheyAddUp(event);
  }

  @Test
  void many_accounts_of_one_network_that_do_not_pay_leave_half_for_others_from_then_on() {
    UUID event = organizer.draft(19);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    ApiClient network = api.with("X-Forwarded-For", "203.0.113.201");
    int before = heldByCrowd(network, event, ticketType);
    assertThat(before).as("the first time each account has its share").isEqualTo(19);
    clock.advance(Duration.ofMinutes(31));
    while (expireHolds.handle() > 0) {
      // until all have run out
    }

    assertThat(heldByCrowd(network, event, ticketType)).isEqualTo(10);
    Answer refused = Buyer.of(network).register(event, List.of(ticketType)).expect(409);
    assertThat(refused.text("code")).isEqualTo("hold-too-large");
    assertThat(refused.text("detail")).contains("network");
    List<Answer> atOnce =
        AtOnce.times(4, () -> Buyer.of(network).register(event, List.of(ticketType)));
    assertThat(atOnce).allMatch(answer -> answer.status() == 409);

    ApiClient elsewhere = api.with("X-Forwarded-For", "203.0.113.202");
    Buyer.of(elsewhere).register(event, Collections.nCopies(5, ticketType)).expect(201);
    Buyer.of(api).register(event, List.of(ticketType)).expect(201);
    places.assertTheyAddUp(event);

    clock.advance(HoldOrigins.MAX_AGE);
    while (expireHolds.handle() + removeHoldOrigins.handle() > 0) {
      // until nothing is remembered
    }
    assertThat(heldByCrowd(network, event, ticketType)).isEqualTo(19);
  }

  @Test
  void an_office_whose_people_pay_is_not_bound_by_how_many_they_are() {
    UUID event = organizer.draft(12);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    ApiClient office = api.with("X-Forwarded-For", "203.0.113.203");

    for (int i = 0; i < 12; i++) {
      Buyer.of(office).register(event, List.of(ticketType)).expect(201);
    }
    assertThat(places.taken(event)).isEqualTo(12);
  }

  @Test
  void nor_is_it_when_some_of_them_let_places_run_out_and_more_pay() {
    OnSale sale = bookings.onSale(12, 12_550);
    ApiClient office = api.with("X-Forwarded-For", "203.0.113.204");
    for (int i = 0; i < 4; i++) {
      Buyer buyer = Buyer.of(office);
      Answer made = buyer.register(sale.event(), List.of(sale.ticketType())).expect(201);
      acceptPayment.handle(bookings.of(buyer, made).payment());
    }
    List<Buyer> forgetful = holdOneEach(office, sale, 3);
    letRunOut();

    assertThat(forgetful).hasSize(3);
    assertThat(holdOneEach(office, sale, 8)).as("4 paid, 3 lapsed").hasSize(8);
  }

  @Test
  void a_network_with_more_that_lapse_than_pay_is_bound() {
    OnSale sale = bookings.onSale(12, 12_550);
    ApiClient network = api.with("X-Forwarded-For", "203.0.113.205");
    for (int i = 0; i < 2; i++) {
      Buyer buyer = Buyer.of(network);
      Answer made = buyer.register(sale.event(), List.of(sale.ticketType())).expect(201);
      acceptPayment.handle(bookings.of(buyer, made).payment());
    }
    holdOneEach(network, sale, 3);
    letRunOut();

    assertThat(holdOneEach(network, sale, 8)).as("half of the 10 that are left").hasSize(5);
  }

  @Test
  void nobody_binds_a_network_alone_or_by_thinking_better_of_it() {
    OnSale sale = bookings.onSale(12, 12_550);
    ApiClient university = api.with("X-Forwarded-For", "203.0.113.206");
    Buyer idle = Buyer.of(university);
    for (int i = 0; i < 3; i++) {
      idle.register(sale.event(), List.of(sale.ticketType())).expect(201);
    }
    letRunOut();
    for (int i = 0; i < 6; i++) {
      Buyer fickle = Buyer.of(university);
      Answer made = fickle.register(sale.event(), List.of(sale.ticketType())).expect(201);
      clock.advance(Duration.ofSeconds(20));
      fickle.cancel(made.id(), Map.of()).expect(200);
    }

    assertThat(holdOneEach(university, sale, 12)).hasSize(12);
  }

  @Test
  void a_crowd_that_lets_go_just_in_time_is_bound() {
    OnSale sale = bookings.onSale(12, 12_550);
    ApiClient network = api.with("X-Forwarded-For", "203.0.113.207");
    for (int i = 0; i < 4; i++) {
      Buyer buyer = Buyer.of(network);
      Answer made = buyer.register(sale.event(), List.of(sale.ticketType())).expect(201);
      clock.advance(HoldOrigins.WHOLE_LAPSE_TIME.minusSeconds(1));
      buyer.cancel(made.id(), Map.of()).expect(200);
    }

    assertThat(holdOneEach(network, sale, 12)).hasSize(6);
  }

  @Test
  void a_crowd_with_many_networks_of_what_anybody_gets_for_nothing_is_bound() {
    OnSale sale = bookings.onSale(12, 12_550);
    for (int i = 0; i < 10; i++) {
      holdOneEach(subscriber(i), sale, 1);
    }
    letRunOut();

    int held = 0;
    for (int i = 10; i < 20; i++) {
      held += holdOneEach(subscriber(i), sale, 1).size();
    }
    assertThat(held).as("half of what is left").isEqualTo(6);
    ApiClient elsewhere = api.with("X-Forwarded-For", "2001:db8:4712::1");
    assertThat(holdOneEach(elsewhere, sale, 2)).hasSize(2);
  }

  /** A /56 of one /48. */
  private ApiClient subscriber(int number) {
    return api.with("X-Forwarded-For", "2001:db8:4711:%x00::1".formatted(number));
  }

  /** New accounts that want a place each; those that got it. */
  private static List<Buyer> holdOneEach(ApiClient network, OnSale sale, int accounts) {
    return Stream.generate(() -> Buyer.of(network))
        .limit(accounts)
        .filter(one -> one.register(sale.event(), List.of(sale.ticketType())).status() == 201)
        .toList();
  }

  private void letRunOut() {
    clock.advance(Duration.ofMinutes(31));
    while (expireHolds.handle() > 0) {
      // until all have run out
    }
  }

  /** As many new accounts as it takes, each with as much as it gets; how many places they hold. */
  private int heldByCrowd(ApiClient network, UUID event, UUID ticketType) {
    int before = places.taken(event);
    for (int i = 0; i < 6; i++) {
      Buyer one = Buyer.of(network);
      for (int tickets : new int[] {10, 5, 3, 2, 1}) {
        one.register(event, Collections.nCopies(tickets, ticketType));
      }
    }
    return places.taken(event) - before;
  }

  @Test
  void nor_by_asking_for_them_at_the_same_moment() {
    UUID event = organizer.draft(19);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Buyer greedy = Buyer.of(api);

    List<Answer> answers =
        AtOnce.times(6, () -> greedy.register(event, Collections.nCopies(7, ticketType)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("hold-too-large"));
    assertThat(places.taken(event)).isEqualTo(7);
  }

  @Test
  void who_lets_places_run_out_waits_with_them_for_a_shorter_time() {
    UUID event = organizer.draft(20);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    Answer first = buyer.register(event, List.of(ticketType)).expect(201);
    clock.advance(Duration.ofMinutes(31));
    expireHolds.handle();
    assertThat(buyer.api().get("/api/v1/registrations/" + first.id()).text("status"))
        .isEqualTo("expired");

    Answer second = buyer.register(event, List.of(ticketType)).expect(201);

    assertThat(Instant.parse(second.text("holdExpiresAt")))
        .isEqualTo(Instant.parse(second.text("createdAt")).plus(Duration.ofMinutes(15)));
    Answer another = Buyer.of(api).register(event, List.of(ticketType)).expect(201);
    assertThat(Instant.parse(another.text("holdExpiresAt")))
        .isEqualTo(Instant.parse(another.text("createdAt")).plus(Duration.ofMinutes(30)));
  }

  @Test
  void who_lets_the_last_five_places_run_out_leaves_some_of_them_to_others_ever_after() {
    UUID event = organizer.draft(5);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Buyer greedy = Buyer.of(api);

    List<Integer> held = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      held.add(mostHeldBy(greedy, event, ticketType));
      if (round == 1) {
        Buyer.of(api).register(event, Collections.nCopies(2, ticketType)).expect(201);
        Buyer.of(api).register(event, List.of(ticketType)).expect(409);
      }
      clock.advance(Duration.ofMinutes(31));
      expireHolds.handle();
    }

    assertThat(held).containsExactly(5, 3, 3, 1);
    places.assertTheyAddUp(event);
  }

  @Test
  void nor_does_letting_them_go_in_time_help() {
    UUID event = organizer.draft(5);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Buyer greedy = Buyer.of(api);

    List<Integer> held = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int tickets = 5; tickets > 0; tickets--) {
        Answer answer = greedy.register(event, Collections.nCopies(tickets, ticketType));
        if (answer.status() == 201) {
          held.add(tickets);
          greedy.cancel(answer.id(), Map.of()).expect(200);
          break;
        }
      }
    }

    assertThat(held).as("one is forgiven").containsExactly(5, 5, 3, 3, 1);
  }

  @Test
  void the_last_place_is_sold_and_an_event_may_keep_more_of_its_last_places() {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", 3));
    request.put(
        "holdLimits",
        Map.of(
            "maxPerAccount",
            3,
            "maxShareBasisPoints",
            5_000,
            "repeatedMinutes",
            15,
            "minPlaces",
            1));
    UUID event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);

    assertThat(mostHeldBy(Buyer.of(api), event, ticketType)).isEqualTo(2);
    assertThat(mostHeldBy(Buyer.of(api), event, ticketType)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(31));
    expireHolds.handle();
    assertThat(places.taken(event)).isZero();
    for (int minPlaces : List.of(0, 6)) {
      request.put(
          "holdLimits",
          Map.of(
              "maxPerAccount",
              3,
              "maxShareBasisPoints",
              5_000,
              "repeatedMinutes",
              15,
              "minPlaces",
              minPlaces));
      organizer.owner().post(organizer.eventsPath(), request).expect(400);
    }
  }

  /** How many places the first request gets that is not refused. */
  private static int mostHeldBy(Buyer buyer, UUID event, UUID ticketType) {
    for (int tickets = 5; tickets > 0; tickets--) {
      if (buyer.register(event, Collections.nCopies(tickets, ticketType)).status() == 201) {
        return tickets;
      }
    }
    return 0;
  }

  @Test
  void an_organizer_lets_groups_hold_what_is_left() {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", 19));
    request.put(
        "holdLimits",
        Map.of("maxPerAccount", 1, "maxShareBasisPoints", 10_000, "repeatedMinutes", 30));
    UUID event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);

    Buyer.of(api).register(event, Collections.nCopies(19, ticketType)).expect(201);

    assertThat(places.taken(event)).isEqualTo(19);
  }

  @Test
  void a_paid_registration_is_held_for_half_an_hour() {
    UUID event = organizer.draft(10);
    UUID standard = organizer.ticketType(event, 12_550, null);
    UUID student = organizer.ticketType(event, 4_000, 5);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);

    Answer held = buyer.register(event, List.of(standard, student, standard)).expect(201);
    assertThat(held.text("status")).isEqualTo("held");
    assertThat(held.body().at("/total/amountMinor").asLong()).isEqualTo(29_100);
    assertThat(held.body().at("/tickets/0/code").isNull()).isTrue();
    assertThat(Instant.parse(held.text("holdExpiresAt")))
        .isEqualTo(Instant.parse(held.text("createdAt")).plus(Duration.ofMinutes(30)));
    Answer read = buyer.api().get("/api/v1/registrations/" + held.id()).expect(200);
    assertThat(read.body()).isEqualTo(held.body());

    RegistrationHeld told =
        recorded.await(RegistrationHeld.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(told.accountId()).isEqualTo(buyer.accountId());
    assertThat(told.feeRefundable()).isTrue();
    assertThat(told.total().amountMinor()).isEqualTo(29_100);
    assertThat(told.tickets())
        .extracting(line -> line.total().amountMinor())
        .containsExactly(12_550L, 4_000L, 12_550L);
    assertThat(places.taken(event)).isEqualTo(3);
    places.assertTheyAddUp(event);
  }

  @Test
  void billing_is_told_whether_the_refund_policy_returns_the_fee() {
    Map<String, Object> request = organizer.eventRequest("Fee kept", 10);
    request.put("refundPolicy", Map.of("tiers", List.of(), "feeRefundable", false));
    UUID event = organizer.create(request);
    UUID standard = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    Answer held = Buyer.of(api).register(event, List.of(standard)).expect(201);
    assertThat(held.body().at("/refundPolicy/feeRefundable").asBoolean(true)).isFalse();
    RegistrationHeld told =
        recorded.await(RegistrationHeld.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(told.feeRefundable()).isFalse();
  }

  @Test
  void the_queue_of_those_who_book_is_measured() {
    assertThat(
            metrics
                .get("resilience4j.bulkhead.max.allowed.concurrent.calls")
                .tag("name", "place-registration")
                .gauge()
                .value())
        .isEqualTo(4);
  }

  @Test
  void a_free_registration_is_confirmed_at_once() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    Answer confirmed = buyer.register(event, List.of(free, free)).expect(201);
    assertThat(confirmed.text("status")).isEqualTo("confirmed");
    assertThat(confirmed.body().path("holdExpiresAt").isNull()).isTrue();
    String code = confirmed.body().at("/tickets/0/code").asString();
    assertThat(code).hasSize(26);
    assertThat(code).isNotEqualTo(confirmed.body().at("/tickets/1/code").asString());
    assertThat(buyer.api().get("/api/v1/registrations/" + confirmed.id()).body())
        .isEqualTo(confirmed.body());
    RegistrationConfirmed told =
        recorded.await(
            RegistrationConfirmed.class, fact -> fact.registrationId().equals(confirmed.id()));
    assertThat(told.paymentId()).isNull();
    assertThat(recorded.raw())
        .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(code));
  }

  @Test
  void a_registration_is_seen_by_its_buyer_the_organization_and_the_platforms_support_only() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    UUID id = buyer.register(event, List.of(free)).expect(201).id();
    String path = "/api/v1/registrations/" + id;
    ApiClient support = api.as(TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of()));
    for (ApiClient reader :
        List.of(buyer.api(), organizer.owner(), organizer.member("staff"), support)) {
      assertThat(reader.get(path).expect(200).body().at("/tickets/0/code").asString()).hasSize(26);
      JsonNode history = reader.get(path + "/history").expect(200).body().path("data");
      assertThat(history).hasSize(1);
      assertThat(history.get(0).path("trigger").asString()).isEqualTo("placed");
    }
    ApiClient neighbour = new Organizer(api).owner();
    for (ApiClient other : List.of(Buyer.of(api).api(), neighbour)) {
      other.get(path).refused(404, "registration-not-found");
      other.get(path + "/history").refused(404, "registration-not-found");
      assertThat(other.get("/api/v1/registrations").body().path("data")).isEmpty();
    }
    api.get(path).expect(401);
    support
        .withKey("k")
        .post(path + "/cancellation", Map.of())
        .refused(404, "registration-not-found");
    assertThat(ids(support, "/api/v1/events/" + event + "/registrations")).containsExactly(id);
    assertThat(ids(organizer.owner(), "/api/v1/events/" + event + "/registrations?limit=5"))
        .containsExactly(id);
    assertThat(ids(buyer.api(), "/api/v1/registrations?limit=5")).containsExactly(id);
  }

  @Test
  void what_cannot_be_sold_is_refused_by_its_code() {
    UUID event = organizer.draft(3);
    UUID standard = organizer.ticketType(event, 5_000, 2);
    UUID cheap = organizer.ticketType(event, 10, null);
    Buyer buyer = Buyer.of(api);
    buyer.register(event, List.of(standard)).refused(404, "event-not-found");
    organizer.publish(event);
    buyer.register(Ids.next(), List.of(standard)).refused(404, "event-not-found");
    buyer.register(event, List.of(Ids.next())).refused(404, "ticket-type-not-found");
    buyer.register(event, List.of(cheap)).refused(409, "total-below-minimum");
    assertThat(buyer.register(event, List.of()).refused(400, "invalid-request").fieldErrors())
        .containsExactly("tickets: wrong-length");
    api.post("/api/v1/events/" + event + "/registrations", Buyer.request(List.of(standard)))
        .expect(401);
    buyer
        .register(event, Stream.generate(() -> standard).limit(21).toList())
        .refused(400, "invalid-request");
    buyer.register(event, List.of(standard, standard, standard)).refused(409, "sold-out");
    Map<String, Object> ticket =
        Map.of(
            "ticketTypeId",
            standard,
            "attendee",
            Map.of("name", "Ada", "email", "ada@example.org"));
    String path = "/api/v1/events/" + event + "/registrations";
    buyer
        .api()
        .post(path, Map.of("tickets", List.of(ticket), "promoCode", "SPRING"))
        .refused(409, "promo-invalid");
    for (String none : List.of("", " ", "\u200b")) {
      buyer
          .api()
          .post(
              "/api/v1/events/" + event + "/quotes",
              Map.of(
                  "tickets",
                  List.of(Map.of("ticketTypeId", standard, "quantity", 1)),
                  "promoCode",
                  none))
          .expect(200);
    }
    for (String email : List.of("", "ada", "ada@", "a@b", "a da@example.org", "x".repeat(255))) {
      Map<String, Object> bad = new HashMap<>(ticket);
      bad.put("attendee", Map.of("name", "Ada", "email", email));
      buyer.api().post(path, Map.of("tickets", List.of(bad))).refused(400, "invalid-request");
    }
    for (String name : List.of("", " ", "A\nB", "x".repeat(201))) {
      Map<String, Object> bad = new HashMap<>(ticket);
      bad.put("attendee", Map.of("name", name, "email", "ada@example.org"));
      buyer.api().post(path, Map.of("tickets", List.of(bad))).refused(400, "invalid-request");
    }
    buyer.api().post(path, "{\"tickets\":[null]}").refused(400, "invalid-request");
    assertThat(places.taken(event)).isZero();
  }

  @Test
  void tickets_are_sold_within_their_sale_window() {
    UUID event = organizer.draft(10);
    Instant opensAt = clock.instant().plus(Duration.ofDays(2));
    UUID early =
        organizer
            .owner()
            .post(
                "/api/v1/events/" + event + "/ticket-types",
                Map.of(
                    "name", "Early",
                    "price", Map.of("amountMinor", 0, "currency", "CAD"),
                    "saleOpensAt", opensAt.toString(),
                    "saleClosesAt", opensAt.plus(Duration.ofDays(1)).toString()))
            .expect(201)
            .id();
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    buyer.register(event, List.of(early)).refused(409, "sales-closed");
    clock.advance(Duration.ofDays(2));
    buyer.register(event, List.of(early)).expect(201);
    clock.advance(Duration.ofDays(1));
    buyer.register(event, List.of(early)).refused(409, "sales-closed");
  }

  @Test
  void anybody_may_ask_for_the_price() {
    UUID event = organizer.draft(10);
    UUID standard = organizer.ticketType(event, 12_550, null);
    String path = "/api/v1/events/" + event + "/quotes";
    Map<String, Object> wish =
        Map.of("tickets", List.of(Map.of("ticketTypeId", standard, "quantity", 3)));
    api.post(path, wish).refused(404, "event-not-found");
    organizer.publish(event);
    Answer quote = api.post(path, wish).expect(200);
    assertThat(quote.body().at("/price/amountMinor").asLong()).isEqualTo(37_650);
    assertThat(quote.body().at("/discount/amountMinor").asLong()).isZero();
    assertThat(quote.body().at("/total/amountMinor").asLong()).isEqualTo(37_650);
    assertThat(places.taken(event)).isZero();
    String key = "quote-" + event;
    api.with("Idempotency-Key", key).post(path, wish).expect(200);
    assertThat(
            jdbc.sql("SELECT count(*) FROM api_idempotency WHERE key = :key")
                .param("key", key)
                .query(Integer.class)
                .single())
        .as("strangers store nothing by asking")
        .isZero();
    Map<String, Object> none =
        Map.of("tickets", List.of(Map.of("ticketTypeId", standard, "quantity", 0)));
    api.post(path, none).refused(400, "invalid-request");
  }

  @Test
  void what_was_agreed_stays_when_the_organizer_changes_the_event() {
    UUID event = organizer.draft(3);
    UUID standard = organizer.ticketType(event, 5_000, 3);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    UUID id = buyer.register(event, List.of(standard, standard)).expect(201).id();
    organizer.change(event, Map.of("refundPolicy", Map.of("tiers", List.of())));
    organizer
        .owner()
        .patch("/api/v1/ticket-types/" + standard, Map.of("price", Map.of("amountMinor", 9_000)))
        .expect(200);
    JsonNode registration = buyer.api().get("/api/v1/registrations/" + id).expect(200).body();
    assertThat(registration.at("/total/amountMinor").asLong()).isEqualTo(10_000);
    assertThat(registration.at("/refundPolicy/tiers")).hasSize(1);
    Answer next = buyer.register(event, List.of(standard)).expect(201);
    assertThat(next.body().at("/total/amountMinor").asLong()).isEqualTo(9_000);
    assertThat(next.body().at("/refundPolicy/tiers")).isEmpty();

    organizer
        .owner()
        .patch("/api/v1/events/" + event, Map.of("capacity", 2))
        .refused(409, "capacity-below-taken");
    organizer
        .owner()
        .patch("/api/v1/ticket-types/" + standard, Map.of("quota", 2))
        .refused(409, "quota-below-taken");
    organizer.owner().delete("/api/v1/ticket-types/" + standard).refused(409, "ticket-type-in-use");
    places.assertTheyAddUp(event);
  }

  @Test
  void a_mail_gets_its_content_from_inside_only() {
    UUID event = organizer.draft(10);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    UUID id = Buyer.of(api).register(event, List.of(free)).expect(201).id();
    UUID other = Buyer.of(api).register(event, List.of(free)).expect(201).id();
    String path = "/internal/mail-contents?registrationId=" + id;
    Answer one = api.as(INTERNAL).get(path).expect(200);
    JsonNode content = one.body().get(0);
    assertThat(content.at("/registrationId").asString()).isEqualTo(id.toString());
    assertThat(content.at("/reference").asString()).matches("[0-9A-Z]{5}-[0-9A-Z]{5}");
    assertThat(content.at("/event/timeZone").asString()).isEqualTo("America/Toronto");
    assertThat(content.at("/tickets/0/attendeeName").asString()).isEqualTo("Ada Lovelace");
    assertThat(content.at("/tickets/0/code").asString()).hasSize(26);
    assertThat(content.at("/tickets/0/cancellation").isNull()).isTrue();
    assertThat(content.at("/tickets/0/total/amountMinor").asLong(-1)).isZero();
    assertThat(content.at("/status").asString()).isEqualTo("confirmed");
    assertThat(content.at("/event/organizationId").asString())
        .isEqualTo(organizer.organizationId().toString());
    assertThat(content.at("/event/version").asLong()).isPositive();
    String several = path + "&registrationId=" + Ids.next() + "&registrationId=" + other;
    assertThat(api.as(INTERNAL).get(several).expect(200).body().valueStream())
        .extracting(known -> known.at("/registrationId").asString())
        .containsExactlyInAnyOrder(id.toString(), other.toString());
    String tooMany = path + ("&registrationId=" + id).repeat(50);
    assertThat(api.as(INTERNAL).get(tooMany).expect(400).code()).isEqualTo("invalid-request");
    organizer.owner().get(path).expect(401);
    api.get(path).expect(401);
  }

  @Test
  void two_hundred_people_get_the_last_fifty_places() {
    UUID event = organizer.draft(50);
    UUID standard = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    List<Answer> answers =
        AtOnce.crowd(
            200,
            _ -> {
              Buyer buyer = Buyer.of(api);
              return () -> buyer.register(event, List.of(standard));
            });
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(150)
        .allMatch(answer -> answer.status() == 409 && answer.code().equals("sold-out"));
    assertThat(places.taken(event)).isEqualTo(50);
    assertThat(places.registrations(event, "held")).isEqualTo(50);
    places.assertTheyAddUp(event);
    recorded.await(
        RegistrationHeld.class,
        _ ->
            recorded.all(RegistrationHeld.class).stream()
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
        AtOnce.crowd(
            150,
            number -> {
              Buyer buyer = Buyer.of(api);
              List<UUID> wish =
                  switch (number % 3) {
                    case 0 -> List.of(first, second);
                    case 1 -> List.of(second, first, third);
                    default -> List.of(third, second);
                  };
              return () -> buyer.register(event, wish);
            });
    assertThat(answers)
        .allMatch(answer ->
            answer.status() == 201 || (answer.status() == 409 && answer.code().equals("sold-out")));
    assertThat(places.taken(event)).isLessThanOrEqualTo(60);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_repeated_request_is_not_refused_because_its_own_places_were_the_last_ones() {
    UUID event = organizer.draft(10);
    UUID last = organizer.ticketType(event, 5_000, 1);
    organizer.publish(event);

    assertThat(twiceAtOnce(event, last)).hasSize(1);
    assertThat(places.taken(event)).isEqualTo(1);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_repeated_request_is_not_refused_because_its_own_registration_reached_the_limit() {
    Map<String, Object> request = organizer.eventRequest("One each", 10);
    request.put("perAccountLimit", 1);
    UUID event = organizer.create(request);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);

    assertThat(twiceAtOnce(event, free)).hasSize(1);
    assertThat(places.taken(event)).isEqualTo(1);
  }

  /** Serves one request twice; both have read the event before either of them takes the place. */
  private Set<UUID> twiceAtOnce(UUID event, UUID ticketType) {
    PlaceRegistration.Command command =
        new PlaceRegistration.Command(
            Ids.next(),
            event,
            Ids.next(),
            List.of(
                new PlaceRegistration.WantedTicket(
                    ticketType, new Attendee("Ada Lovelace", "ada@example.org"))),
            TypedCodes.NONE,
            List.of(),
            null);
    AtOnce.Crowd<UUID> both =
        transaction.execute(_ -> {
          jdbc.sql("SELECT id FROM event WHERE id = :id FOR UPDATE")
              .param("id", event)
              .query(UUID.class)
              .single();
          AtOnce.Crowd<UUID> begun = AtOnce.begin(2, () -> placeRegistration.handle(command).id());
          await().until(() -> waitingForLocks() == 2);
          return begun;
        });
    return Set.copyOf(both.results());
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
    Buyer greedy = Buyer.of(api);
    List<Answer> answers = AtOnce.crowd(20, _ -> () -> greedy.register(event, List.of(free)));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allMatch(answer -> answer.code().equals("account-limit-reached"));
    Buyer.of(api).register(event, List.of(free)).expect(201);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_limit_that_comes_later_counts_what_was_there_before() {
    UUID event = organizer.draft(100);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    Buyer early = Buyer.of(api);
    early.register(event, List.of(free)).expect(201);
    early.register(event, List.of(free)).expect(201);
    organizer.change(event, Map.of("perAccountLimit", 2));
    early.register(event, List.of(free)).refused(409, "account-limit-reached");
    places.assertTheyAddUp(event);
    Map<String, Object> noLimit = new HashMap<>();
    noLimit.put("perAccountLimit", null);
    organizer.change(event, noLimit);
    early.register(event, List.of(free)).expect(201);
    organizer.change(event, Map.of("perAccountLimit", 4));
    early.register(event, List.of(free)).expect(201);
    early.register(event, List.of(free)).refused(409, "account-limit-reached");
    places.assertTheyAddUp(event);
  }

  @Test
  void ten_equal_requests_with_one_key_make_one_registration() {
    UUID event = organizer.draft(100);
    UUID standard = organizer.ticketType(event, 5_000, null);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    String key = Ids.next().toString();
    List<Answer> answers =
        AtOnce.crowd(10, _ -> () -> buyer.register(event, List.of(standard), key));
    assertThat(answers)
        .allMatch(answer -> answer.status() == 201 || answer.code().equals("in-progress"));
    assertThat(answers.stream().filter(answer -> answer.status() == 201).map(Answer::id).distinct())
        .hasSize(1);
    assertThat(buyer.register(event, List.of(standard), key).expect(201).id())
        .isEqualTo(ids(buyer.api(), "/api/v1/registrations?limit=5").getFirst());
    assertThat(places.registrations(event, "held")).isEqualTo(1);
    assertThat(places.taken(event)).isEqualTo(1);
  }

  @Test
  void a_request_that_is_repeated_after_a_crash_finds_its_registration_even_when_it_is_the_last() {
    UUID event = organizer.draft(1);
    UUID standard = organizer.ticketType(event, 5_000, null);
    organizer.publish(event);
    Buyer buyer = Buyer.of(api);
    String key = Ids.next().toString();
    UUID id = buyer.register(event, List.of(standard), key).expect(201).id();
    // As if the process had died after the commit and before it saved its answer.
    jdbc.sql(
            """
            UPDATE api_idempotency SET status = NULL, body = NULL, locked_until = NULL
            WHERE key = :key
            """)
        .param("key", key)
        .update();
    assertThat(buyer.register(event, List.of(standard), key).expect(201).id()).isEqualTo(id);
    buyer.register(event, List.of(standard)).refused(409, "sold-out");
    assertThat(places.taken(event)).isEqualTo(1);
    assertThat(
            recorded.all(RegistrationEvent.class).stream()
                .filter(fact -> fact.registrationId().equals(id)))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_crowd_keeps_buying_while_the_organizer_changes_the_event() {
    UUID event = organizer.draft(500);
    UUID free = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    List<Answer> answers =
        AtOnce.crowd(
            60,
            number -> {
              Buyer buyer = Buyer.of(api);
              return number % 10 == 0
                  ? () ->
                      organizer
                          .owner()
                          .patch("/api/v1/events/" + event, Map.of("title", "Title " + number))
                  : () -> buyer.register(event, List.of(free));
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
    Buyer buyer = Buyer.of(api);
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(buyer.register(event, List.of(free)).expect(201).id());
    }
    assertThat(ids(buyer.api(), "/api/v1/registrations?limit=2"))
        .containsExactlyInAnyOrderElementsOf(made);
    String ofEvent = "/api/v1/events/" + event + "/registrations?limit=2";
    assertThat(ids(organizer.owner(), ofEvent)).containsExactlyInAnyOrderElementsOf(made);
    String since = "&from=" + clock.instant().minusSeconds(60);
    assertThat(ids(organizer.owner(), ofEvent + "&status=confirmed" + since))
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(ids(organizer.owner(), ofEvent + "&status=held")).isEmpty();
    assertThat(ids(organizer.owner(), ofEvent + "&to=" + clock.instant().minusSeconds(60)))
        .isEmpty();
    organizer.owner().get(ofEvent + "&status=nothing").refused(400, "invalid-request");
  }

  private static List<UUID> ids(ApiClient client, String path) {
    List<UUID> ids = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          client.get(path + (next.isEmpty() ? "" : "&after=" + next)).expect(200).body();
      page.path("data").forEach(item -> ids.add(UUID.fromString(item.path("id").asString())));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return ids;
  }
}
