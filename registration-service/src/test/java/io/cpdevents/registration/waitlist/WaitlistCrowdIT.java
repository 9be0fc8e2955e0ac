package io.cpdevents.registration.waitlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.quotas.WatchPlaces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Crowds that want, give back, wait for and are offered the same places. */
@CpdIntegrationTest
class WaitlistCrowdIT {

  private final ApiClient api;
  private final JdbcClient jdbc;
  private final MutableClock clock;
  private final ExpireOffers expireOffers;
  private final WatchPlaces watchPlaces;
  private final MeterRegistry metrics;
  private final Organizer organizer;
  private final PlaceCounts places;

  @Autowired
  WaitlistCrowdIT(
      ApiClient api,
      JdbcClient jdbc,
      MutableClock clock,
      ExpireOffers expireOffers,
      WatchPlaces watchPlaces,
      MeterRegistry metrics) {
    this.api = api;
    this.jdbc = jdbc;
    this.clock = clock;
    this.expireOffers = expireOffers;
    this.watchPlaces = watchPlaces;
    this.metrics = metrics;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
  }

  private record OnSale(UUID event, UUID ticketType, UUID other) {}

  private OnSale onSale(int capacity) {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", capacity));
    UUID event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, 0, null);
    UUID other = organizer.ticketType(event, 0, null);
    organizer.publish(event);
    return new OnSale(event, ticketType, other);
  }

  private record Booked(Buyer buyer, UUID id) {}

  private List<Booked> soldOut(OnSale sale, int capacity) {
    return IntStream.range(0, capacity)
        .mapToObj(_ -> Buyer.of(api))
        .map(buyer ->
            new Booked(
                buyer, buyer.register(sale.event(), List.of(sale.ticketType())).expect(201).id()))
        .toList();
  }

  @Test
  void cancellations_under_a_crowd_go_to_those_who_wait_and_to_nobody_else() {
    OnSale sale = onSale(20);
    List<Booked> booked = soldOut(sale, 20);
    List<Waiting> waiting =
        IntStream.range(0, 12)
            .mapToObj(_ -> Waiting.of(Buyer.of(api), sale.event(), sale.ticketType(), 1))
            .toList();

    List<Callable<Integer>> all = new ArrayList<>();
    booked
        .subList(0, 10)
        .forEach(each -> all.add(() -> each.buyer().cancel(each.id(), Map.of()).status()));
    for (int i = 0; i < 20; i++) {
      all.add(() -> Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).status());
    }
    List<Integer> statuses = AtOnce.all(all);

    assertThat(statuses.subList(0, 10)).containsOnly(200);
    assertThat(statuses.subList(10, 30)).as("nobody passes those who wait").containsOnly(409);
    assertThat(waiting.stream().filter(each -> each.status().equals("offered"))).hasSize(10);
    assertThat(waiting.subList(0, 10)).allMatch(each -> each.status().equals("offered"));
    assertThat(places.taken(sale.event())).isEqualTo(20);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void an_offer_is_accepted_or_ends_and_its_place_has_one_owner() {
    OnSale sale = onSale(8);
    List<Booked> booked = soldOut(sale, 8);
    List<Waiting> waiting =
        IntStream.range(0, 8)
            .mapToObj(_ -> Waiting.of(Buyer.of(api), sale.event(), sale.ticketType(), 1))
            .toList();
    booked.forEach(each -> each.buyer().cancel(each.id(), Map.of()).expect(200));
    List<Waiting> next =
        IntStream.range(0, 4)
            .mapToObj(_ -> Waiting.of(Buyer.of(api), sale.event(), sale.ticketType(), 1))
            .toList();

    List<Callable<Integer>> all = new ArrayList<>();
    waiting.forEach(each -> all.add(() -> each.accepts().status()));
    all.add(() -> {
      clock.advance(Duration.ofHours(4));
      return expireOffers.handle();
    });
    all.add(expireOffers::handle);
    waiting.subList(0, 4).forEach(each -> all.add(() -> each.lets().status()));
    List<Integer> statuses = AtOnce.all(all);
    while (expireOffers.handle() > 0) {
      // until no offer is due
    }

    assertThat(statuses.subList(0, 8)).allMatch(status -> status == 201 || status == 409);
    long accepted = statuses.subList(0, 8).stream().filter(status -> status == 201).count();
    assertThat(places.registrations(sale.event(), "confirmed")).isEqualTo((int) accepted);
    long offered = next.stream().filter(each -> each.status().equals("offered")).count();
    // Who was offered a place before the clock moved has let it run out as well.
    assertThat(next)
        .as("who still waits does so because all is taken")
        .allMatch(each -> !each.status().equals("waiting") || accepted + offered == 8);
    assertThat(places.taken(sale.event())).isEqualTo((int) (accepted + offered));
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_capacity_that_is_lowered_in_a_rush_is_never_exceeded() {
    OnSale sale = onSale(30);
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(() -> Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).status());
    }
    for (int capacity : List.of(20, 12, 25)) {
      all.add(() ->
          organizer
              .owner()
              .patch("/api/v1/events/" + sale.event(), Map.of("capacity", capacity))
              .status());
    }
    AtOnce.all(all);

    int capacity =
        jdbc.sql("SELECT capacity FROM event WHERE id = :id")
            .param("id", sale.event())
            .query(Integer.class)
            .single();
    assertThat(places.taken(sale.event())).isLessThanOrEqualTo(capacity);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void the_last_places_of_a_shared_quota_are_sold_once_and_come_back_to_those_who_wait() {
    OnSale sale = onSale(100);
    Answer made =
        organizer
            .owner()
            .post(
                "/api/v1/events/" + sale.event() + "/quotas",
                Map.of(
                    "name",
                    "Seats",
                    "capacity",
                    10,
                    "ticketTypeIds",
                    List.of(sale.ticketType(), sale.other())))
            .expect(201);

    List<Answer> answers =
        AtOnce.numbered(
            30,
            number ->
                Buyer.of(api)
                    .register(
                        sale.event(),
                        number % 3 == 0
                            ? List.of(sale.ticketType(), sale.other())
                            : List.of(number % 2 == 0 ? sale.ticketType() : sale.other())));

    assertThat(answers)
        .allMatch(answer -> answer.status() == 201 || answer.code().equals("sold-out"));
    assertThat(quotaLeft(made.id())).isLessThanOrEqualTo(1);
    places.assertTheyAddUp(sale.event());
    while (quotaLeft(made.id()) > 0) {
      Buyer.of(api).register(sale.event(), List.of(sale.other())).expect(201);
    }
    Waiting waiting = Waiting.of(Buyer.of(api), sale.event(), sale.other(), 2);
    organizer
        .owner()
        .patch("/api/v1/quotas/" + made.id(), Map.of("capacity", 9))
        .refused(409, "quota-below-taken");
    organizer.owner().patch("/api/v1/quotas/" + made.id(), Map.of("capacity", 12)).expect(200);
    assertThat(waiting.status()).isEqualTo("offered");
    assertThat(quotaLeft(made.id())).isZero();
    watchPlaces.handle();
    assertThat(metrics.get("cpd.places.differing").gauge().value()).isZero();
    organizer.owner().delete("/api/v1/quotas/" + made.id()).expect(204);
    Buyer.of(api).register(sale.event(), List.of(sale.other())).expect(201);
    waiting.accepts().expect(201);
    places.assertTheyAddUp(sale.event());
  }

  private int quotaLeft(UUID quota) {
    return organizer
        .owner()
        .get("/api/v1/quotas/" + quota)
        .expect(200)
        .body()
        .path("placesLeft")
        .asInt();
  }
}
