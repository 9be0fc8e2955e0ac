package io.cpdevents.registration.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.registrations.ExpireHolds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
class WaitlistIT {

  private static final String INTERNAL = "Bearer internal-token-of-the-test";

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final ApiClient api;
  private final ExpireHolds expireHolds;
  private final ExpireOffers expireOffers;
  private final EndEntries endEntries;
  private final ForgetWaiting forgetWaiting;
  private final ForgetWaitingNetworks forgetWaitingNetworks;
  private final Organizer organizer;
  private final PlaceCounts places;

  /** Of the test. */
  private UUID event = Ids.next();

  private UUID ticketType = Ids.next();

  @Autowired
  WaitlistIT(
      MutableClock clock,
      RecordedEvents recorded,
      ApiClient api,
      JdbcClient jdbc,
      ExpireHolds expireHolds,
      ExpireOffers expireOffers,
      EndEntries endEntries,
      ForgetWaiting forgetWaiting,
      ForgetWaitingNetworks forgetWaitingNetworks) {
    this.clock = clock;
    this.recorded = recorded;
    this.api = api;
    this.expireHolds = expireHolds;
    this.expireOffers = expireOffers;
    this.endEntries = endEntries;
    this.forgetWaiting = forgetWaiting;
    this.forgetWaitingNetworks = forgetWaitingNetworks;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
  }

  private void onSale(int capacity, long priceMinor) {
    onSale(capacity, priceMinor, Map.of());
  }

  private void onSale(int capacity, long priceMinor, Map<String, ?> terms) {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", capacity));
    request.put(
        "holdLimits",
        Map.of("maxPerAccount", 100, "maxShareBasisPoints", 10_000, "repeatedMinutes", 30));
    request.putAll(terms);
    event = organizer.create(request);
    ticketType = organizer.ticketType(event, priceMinor, null);
    organizer.publish(event);
  }

  private Buyer buys(int tickets) {
    Buyer buyer = Buyer.of(api);
    buyer.register(event, Collections.nCopies(tickets, ticketType)).expect(201);
    return buyer;
  }

  private Waiting waits(int tickets) {
    return Waiting.of(Buyer.of(api), event, ticketType, tickets);
  }

  private static void gives(Buyer buyer) {
    Answer registrations = buyer.api().get("/api/v1/registrations").expect(200);
    UUID id = UUID.fromString(registrations.body().at("/data/0/id").asString());
    buyer.cancel(id, Map.of()).expect(200);
  }

  @Test
  void nobody_waits_for_what_is_there_and_nobody_waits_twice() {
    onSale(2, 0);
    Buyer buyer = Buyer.of(api);

    Waiting.joins(buyer, event, ticketType, 2).refused(409, "places-left");
    buys(1);
    Waiting waiting = Waiting.of(buyer, event, ticketType, 2);
    Waiting.joins(buyer, event, ticketType, 3).refused(409, "already-waiting");
    Waiting.joins(Buyer.of(api), event, ticketType, 1).refused(409, "places-left");

    assertThat(waiting.status()).isEqualTo("waiting");
    assertThat(waiting.position()).isEqualTo(1);
    assertThat(waiting.read().body().at("/history/0/reason").asString()).isEqualTo("joined");
    organizer
        .owner()
        .delete("/api/v1/ticket-types/" + ticketType)
        .refused(409, "ticket-type-in-use");
  }

  @Test
  void places_that_come_back_go_to_the_first_who_can_use_them_and_the_rest_is_on_sale() {
    onSale(3, 4_000);
    Buyer two = buys(2);
    buys(1);
    Waiting large = waits(3);
    Waiting small = waits(1);
    Waiting last = waits(2);

    gives(two);

    assertThat(large.status()).isEqualTo("waiting");
    assertThat(small.status()).isEqualTo("offered");
    assertThat(last.status()).as("one place is left").isEqualTo("waiting");
    assertThat(last.position()).isEqualTo(2);
    PlacesOffered told =
        recorded.await(PlacesOffered.class, fact -> fact.entryId().equals(small.id()));
    assertThat(told.offerExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(4)));
    places.assertTheyAddUp(event);
    buys(1);
    Buyer.of(api).register(event, List.of(ticketType)).refused(409, "sold-out");
  }

  @Test
  void an_offer_becomes_a_registration_at_the_price_of_now_and_takes_no_other_places() {
    onSale(1, 4_000);
    Buyer first = buys(1);
    Waiting waiting = waits(1);
    waiting.accepts().refused(409, "not-offered");
    gives(first);
    organizer
        .owner()
        .patch(
            "/api/v1/ticket-types/" + ticketType,
            Map.of("price", Map.of("amountMinor", 5_000, "currency", "CAD")))
        .expect(200);
    String key = Ids.next().toString();
    new Waiting(waiting.buyer(), waiting.id(), ticketType, 2)
        .accepts()
        .refused(409, "not-what-is-offered");
    Waiting.of(Buyer.of(api), event, ticketType, 1);
    new Waiting(Buyer.of(api), waiting.id(), ticketType, 1)
        .accepts()
        .refused(404, "waitlist-entry-not-found");

    Answer accepted = waiting.accepts(key).expect(201);
    Answer again = waiting.accepts(key).expect(201);

    assertThat(accepted.text("status")).isEqualTo("held");
    assertThat(accepted.body().at("/total/amountMinor").asLong()).isEqualTo(5_000);
    assertThat(again.id()).isEqualTo(accepted.id());
    assertThat(waiting.status()).isEqualTo("accepted");
    assertThat(waiting.read().text("registrationId")).isEqualTo(accepted.id().toString());
    recorded.await(RegistrationHeld.class, fact -> fact.registrationId().equals(accepted.id()));
    waiting.lets().refused(409, "wrong-state");
    assertThat(places.taken(event)).isEqualTo(1);
    places.assertTheyAddUp(event);
  }

  @Test
  void a_free_offer_is_confirmed_at_once_although_the_sale_has_closed() {
    onSale(1, 0);
    Buyer first = buys(1);
    Waiting waiting = waits(1);
    gives(first);
    organizer
        .owner()
        .patch(
            "/api/v1/ticket-types/" + ticketType,
            Map.of("saleClosesAt", clock.instant().plusSeconds(1).toString()))
        .expect(200);
    clock.advance(Duration.ofMinutes(1));

    assertThat(waiting.accepts().expect(201).text("status")).isEqualTo("confirmed");
    places.assertTheyAddUp(event);
  }

  @Test
  void who_takes_an_offer_answers_what_the_event_asks_also_for_tickets_that_were_hidden_since() {
    onSale(1, 0);
    Buyer first = buys(1);
    Waiting waiting = waits(1);
    gives(first);
    Map<String, Object> consent =
        Map.of("label", "I agree", "kind", "consent", "required", true, "per", "buyer");
    Answer asked =
        organizer
            .owner()
            .put("/api/v1/events/" + event + "/questions", Map.of("data", List.of(consent)))
            .expect(200);
    organizer
        .owner()
        .patch(
            "/api/v1/ticket-types/" + ticketType,
            Map.of("hidden", true, "accessCodes", List.of("SECRET-1")))
        .expect(200);

    waiting.accepts().refused(400, "invalid-request");
    Map<String, Object> request = new HashMap<>(Buyer.request(List.of(ticketType)));
    request.put(
        "answers",
        List.of(Map.of("questionId", asked.body().at("/data/0/id").asString(), "value", "true")));
    Answer accepted =
        waiting
            .buyer()
            .api()
            .withKey(Ids.next().toString())
            .post(waiting.path() + "/acceptance", request)
            .expect(201);

    assertThat(accepted.text("status")).isEqualTo("confirmed");
    assertThat(accepted.body().path("answers")).hasSize(1);
    places.assertTheyAddUp(event);
  }

  @Test
  void what_is_declined_or_not_answered_goes_to_the_next_one() {
    onSale(1, 0);
    Buyer first = buys(1);
    Waiting one = waits(1);
    Waiting two = waits(1);
    Waiting three = waits(1);
    gives(first);

    one.lets().expect(204);
    one.lets().expect(204);
    assertThat(one.status()).isEqualTo("declined");
    assertThat(two.status()).isEqualTo("offered");
    clock.advance(Duration.ofHours(4));
    two.accepts().refused(409, "not-offered");
    while (expireOffers.handle() > 0) {
      // until no offer is due
    }

    assertThat(two.status()).isEqualTo("expired");
    recorded.await(OfferExpired.class, fact -> fact.entryId().equals(two.id()));
    assertThat(three.status()).isEqualTo("offered");
    three.lets().expect(204);
    buys(1);
    places.assertTheyAddUp(event);
  }

  @Test
  void who_has_let_two_offers_go_is_served_after_all_others_for_a_quarter_of_an_hour() {
    onSale(1, 4_000);
    Buyer idle = Buyer.of(api);
    for (int offer = 0; offer < 2; offer++) {
      Buyer before = buys(1);
      Waiting waiting = Waiting.of(idle, event, ticketType, 1);
      gives(before);
      assertThat(waiting.status()).as("one may be let go").isEqualTo("offered");
      if (offer == 0) {
        waiting.lets().expect(204);
      } else {
        waiting.accepts().expect(201);
        gives(idle);
      }
    }
    Buyer before = buys(1);
    Waiting again = Waiting.of(idle, event, ticketType, 1);
    Waiting other = waits(1);

    gives(before);

    assertThat(other.status()).isEqualTo("offered");
    assertThat(again.status()).isEqualTo("waiting");
    Waiting late = waits(1);
    assertThat(again.position()).isEqualTo(2);
    assertThat(again.read().body().path("history").findValuesAsString("reason"))
        .containsExactly("joined", "put-behind", "other-offered", "other-joined");
    other.lets().expect(204);
    assertThat(late.status()).isEqualTo("offered");
    late.lets().expect(204);
    assertThat(again.status()).isEqualTo("offered");
    assertThat(Instant.parse(again.read().text("offerExpiresAt")))
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    places.assertTheyAddUp(event);
  }

  @Test
  void where_an_organizer_moves_somebody_to_who_was_put_behind_they_stay() {
    onSale(1, 4_000);
    Buyer idle = Buyer.of(api);
    for (int offer = 0; offer < 2; offer++) {
      Buyer before = buys(1);
      Waiting waiting = Waiting.of(idle, event, ticketType, 1);
      gives(before);
      waiting.lets().expect(204);
    }
    Buyer before = buys(1);
    Waiting again = Waiting.of(idle, event, ticketType, 1);
    Waiting other = waits(1);
    Waiting third = waits(1);
    gives(before);
    assertThat(other.status()).isEqualTo("offered");
    organizer
        .owner()
        .put(
            again.path() + "/position",
            Map.of("before", third.id(), "reason", "She was ill, and told us."))
        .expect(200);

    other.lets().expect(204);

    assertThat(again.status()).isEqualTo("offered");
    assertThat(Instant.parse(again.read().text("offerExpiresAt")))
        .isEqualTo(clock.instant().plus(Duration.ofHours(4)));
    assertThat(third.status()).isEqualTo("waiting");
  }

  @Test
  void an_offer_is_no_more_than_an_account_may_hold_unpaid() {
    onSale(
        19,
        4_000,
        Map.of(
            "holdLimits",
            Map.of("maxPerAccount", 3, "maxShareBasisPoints", 5_000, "repeatedMinutes", 15)));
    Buyer greedy = buys(1);
    Waiting everything = Waiting.of(greedy, event, ticketType, 19);
    Waiting half = waits(10);

    gives(greedy);

    assertThat(everything.status()).isEqualTo("waiting");
    assertThat(half.status()).as("ten of nineteen").isEqualTo("offered");
    buys(5);
    places.assertTheyAddUp(event);
  }

  @Test
  void accounts_of_one_network_that_let_offers_go_hold_a_share_of_what_is_left_after_others() {
    onSale(
        4,
        4_000,
        Map.of(
            "holdLimits",
            Map.of("maxPerAccount", 3, "maxShareBasisPoints", 5_000, "repeatedMinutes", 15)));
    ApiClient network = api.with("X-Forwarded-For", "2001:db8:17:1::1");
    Buyer before = buys(4);
    List<Waiting> first = waitFrom(network, 3);
    gives(before);
    assertThat(first).allMatch(each -> each.status().equals("offered"));
    clock.advance(Duration.ofHours(4));
    while (expireOffers.handle() > 0) {
      // until no offer is due
    }
    before = buys(4);
    ApiClient beside = api.with("X-Forwarded-For", "2001:db8:17:9901::1");
    List<Waiting> crowd = waitFrom(beside, 4);
    Waiting honest = Waiting.of(Buyer.of(api), event, ticketType, 1);

    gives(before);

    assertThat(honest.status()).isEqualTo("offered");
    assertThat(crowd).filteredOn(each -> each.status().equals("offered")).hasSize(2);
    buys(1);
    places.assertTheyAddUp(event);
    assertThat(forgetWaitingNetworks.handle()).as("they still count").isZero();
    clock.advance(WaitlistEntries.OFFERS_COUNT_TIME);
    while (expireOffers.handle() > 0) {
      // until no offer is due
    }
    assertThat(forgetWaitingNetworks.handle()).isPositive();
  }

  private List<Waiting> waitFrom(ApiClient network, int accounts) {
    return Stream.generate(() -> Waiting.of(Buyer.of(network), event, ticketType, 1))
        .limit(accounts)
        .toList();
  }

  @Test
  void nobody_joins_and_leaves_without_end() {
    onSale(1, 0);
    buys(1);
    Buyer fickle = Buyer.of(api);
    for (int i = 0; i < JoinWaitlist.MAX_JOINS; i++) {
      Waiting.of(fickle, event, ticketType, 1).lets().expect(204);
    }

    Waiting.joins(fickle, event, ticketType, 1).refused(429, "too-many-requests");

    waits(1);
    clock.advance(Duration.ofDays(1));
    Waiting.of(fickle, event, ticketType, 1);
  }

  @Test
  void holds_that_run_out_and_more_capacity_go_to_those_who_wait() {
    onSale(2, 4_000, Map.of("waitlistOfferMinutes", 60));
    buys(2);
    Waiting one = waits(1);
    Waiting two = waits(1);
    Waiting three = waits(2);
    organizer.change(event, Map.of("capacity", 3));
    assertThat(one.status()).isEqualTo("offered");
    assertThat(Instant.parse(one.read().text("offerExpiresAt")))
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    clock.advance(Duration.ofMinutes(30));
    while (expireHolds.handle() > 0) {
      // until none is due
    }

    assertThat(two.status()).isEqualTo("offered");
    assertThat(three.status()).isEqualTo("waiting");
    assertThat(places.taken(event)).isEqualTo(2);
    organizer
        .owner()
        .patch("/api/v1/events/" + event, Map.of("capacity", 1))
        .refused(409, "capacity-below-taken");
    places.assertTheyAddUp(event);
  }

  @Test
  void an_organizer_moves_somebody_ahead_and_says_why() {
    onSale(1, 0);
    buys(1);
    Waiting one = waits(1);
    Waiting two = waits(1);
    Waiting three = waits(1);
    Map<String, Object> ahead = Map.of("before", one.id(), "reason", "She speaks at noon.");

    three
        .buyer()
        .api()
        .put(three.path() + "/position", ahead)
        .refused(404, "waitlist-entry-not-found");
    organizer.member("staff").put(three.path() + "/position", ahead).refused(403, "role-missing");
    organizer
        .owner()
        .put(three.path() + "/position", Map.of("before", one.id()))
        .refused(400, "invalid-request");
    organizer
        .owner()
        .put(three.path() + "/position", Map.of("before", three.id(), "reason", "Why not"))
        .refused(400, "invalid-request");
    Answer moved = organizer.owner().put(three.path() + "/position", ahead).expect(200);

    assertThat(moved.body().path("position").asInt()).isEqualTo(1);
    assertThat(one.position()).isEqualTo(2);
    assertThat(two.position()).isEqualTo(3);
    assertThat(one.read().body().path("history").get(1).path("reason").asString())
        .isEqualTo("other-moved");
    assertThat(three.read().body().path("history").get(1).path("note").asString())
        .isEqualTo("She speaks at noon.");
    recorded.await(WaitlistEntryMoved.class, fact -> fact.entryId().equals(three.id()));
    Answer content =
        api.as(INTERNAL)
            .get("/internal/waitlist-contents?waitlistEntryId=" + three.id())
            .expect(200);
    assertThat(content.body().get(0).path("moveReason").asString())
        .isEqualTo("She speaks at noon.");
    organizer
        .owner()
        .put(three.path() + "/position", Map.of("reason", "He does not speak."))
        .expect(200);
    assertThat(three.position()).isEqualTo(3);
    one.lets().expect(204);
    organizer
        .owner()
        .put(one.path() + "/position", Map.of("reason", "Too late."))
        .refused(409, "wrong-state");
    Answer list =
        organizer
            .member("staff")
            .get("/api/v1/events/" + event + "/waitlist?status=waiting")
            .expect(200);
    assertThat(list.body().path("data")).hasSize(2);
    Buyer.of(api)
        .api()
        .get("/api/v1/events/" + event + "/waitlist")
        .refused(404, "event-not-found");
    Buyer.of(api).api().get(two.path()).refused(404, "waitlist-entry-not-found");
  }

  @Test
  void between_two_who_wait_there_is_always_room_for_another() {
    onSale(1, 0);
    buys(1);
    Waiting first = waits(1);
    Waiting one = waits(1);
    Waiting other = waits(1);

    for (int i = 0; i < 80; i++) {
      Waiting moved = i % 2 == 0 ? other : one;
      Waiting next = i % 2 == 0 ? one : other;
      organizer
          .owner()
          .put(moved.path() + "/position", Map.of("before", next.id(), "reason", "In turns."))
          .expect(200);
    }

    assertThat(first.position()).isEqualTo(1);
    assertThat(one.position()).isEqualTo(2);
    assertThat(other.position()).isEqualTo(3);
  }

  @Test
  void nobody_waits_for_an_event_that_was_cancelled_or_after_being_erased() {
    onSale(1, 0);
    Buyer first = buys(1);
    Waiting one = waits(1);
    Waiting two = waits(1);
    Waiting three = waits(1);
    gives(first);
    forgetWaiting.handle(one.buyer().accountId());
    assertThat(one.status()).isEqualTo("declined");
    assertThat(two.status()).isEqualTo("offered");

    organizer.cancel(event, Map.of("reason", "Snow")).expect(202);
    two.accepts().refused(409, "event-cancelled");
    while (endEntries.handle() > 0) {
      // until nobody waits
    }

    assertThat(two.status()).isEqualTo("expired");
    assertThat(three.status()).isEqualTo("expired");
    Waiting.joins(Buyer.of(api), event, ticketType, 1).refused(409, "event-cancelled");
    assertThat(places.taken(event)).isZero();
  }
}
