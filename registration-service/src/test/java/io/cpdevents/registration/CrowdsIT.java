package io.cpdevents.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.registration.Doorkeeping.Guest;
import io.cpdevents.registration.registrations.AcceptPayment;
import io.cpdevents.registration.registrations.ExpireHolds;
import io.cpdevents.registration.waitlist.ExpireOffers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Crowds at two instances of the service, which share nothing but the database. After each crowd
 * {@link PlaceBooks} counts everything anew.
 */
@CpdIntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrowdsIT {

  private static final long PRICE_MINOR = 5_000;
  private static final String CURRENCY = "CAD";

  private final ConfigurableApplicationContext context;
  private final ApiClient first;
  private final MutableClock clock;
  private final PlaceCounts places;
  private final JdbcClient jdbc;
  private final List<AcceptPayment> acceptPayment = new ArrayList<>();
  private final List<ExpireHolds> expireHolds = new ArrayList<>();
  private final List<ExpireOffers> expireOffers = new ArrayList<>();
  private final List<ApiClient> apis = new ArrayList<>();
  private @Nullable SecondInstance second;

  @Autowired
  CrowdsIT(
      ConfigurableApplicationContext context,
      ApiClient first,
      MutableClock clock,
      JdbcClient jdbc) {
    this.context = context;
    this.first = first;
    this.clock = clock;
    this.jdbc = jdbc;
    this.places = new PlaceCounts(jdbc);
  }

  @BeforeAll
  void another_instance_is_there() {
    SecondInstance started = SecondInstance.beside(context);
    second = started;
    apis.addAll(List.of(first, started.api()));
    acceptPayment.addAll(
        List.of(context.getBean(AcceptPayment.class), started.bean(AcceptPayment.class)));
    expireHolds.addAll(
        List.of(context.getBean(ExpireHolds.class), started.bean(ExpireHolds.class)));
    expireOffers.addAll(
        List.of(context.getBean(ExpireOffers.class), started.bean(ExpireOffers.class)));
  }

  @AfterAll
  void it_is_gone() {
    if (second != null) {
      second.close();
    }
  }

  private record OnSale(Organizer organizer, UUID event, UUID ticketType) {}

  private record Booked(Buyer buyer, UUID id, int tickets) {

    AcceptPayment.Command payment() {
      return new AcceptPayment.Command(Ids.next(), id, Money.of(tickets * PRICE_MINOR, CURRENCY));
    }

    int lets() {
      return buyer.cancel(id, Map.of()).status();
    }
  }

  private OnSale onSale(int capacity, long priceMinor, Map<String, ?> terms) {
    Organizer organizer = new Organizer(first);
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", capacity));
    request.putAll(terms);
    UUID event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, priceMinor, null);
    organizer.publish(event);
    return new OnSale(organizer, event, ticketType);
  }

  /** Somebody whose requests come to the instance of this number. */
  private Buyer buyer(int number) {
    return Buyer.of(instance(apis, number));
  }

  private static <T> T instance(List<T> instances, int number) {
    return instances.get(number % instances.size());
  }

  private static Answer buys(Buyer buyer, OnSale sale, int tickets) {
    return buyer.register(sale.event(), Collections.nCopies(tickets, sale.ticketType()));
  }

  private List<Booked> booked(OnSale sale, int people) {
    return IntStream.range(0, people)
        .mapToObj(number -> {
          Buyer buyer = buyer(number);
          return new Booked(buyer, buys(buyer, sale, 1).expect(201).id(), 1);
        })
        .toList();
  }

  private int pay(int number, Booked booked) {
    instance(acceptPayment, number).handle(booked.payment());
    return 0;
  }

  private String status(UUID registration) {
    return jdbc.sql("SELECT status FROM registration WHERE id = :id")
        .param("id", registration)
        .query(String.class)
        .single();
  }

  private static long with(int status, List<Integer> statuses) {
    return statuses.stream().filter(each -> each == status).count();
  }

  @Test
  void the_last_places_are_sold_once() {
    OnSale sale = onSale(30, 0, Map.of());

    List<Answer> answers = AtOnce.numbered(80, number -> buys(buyer(number), sale, 1 + number % 2));

    assertThat(answers)
        .allMatch(answer -> answer.status() == 201 || answer.code().equals("sold-out"));
    assertThat(places.taken(sale.event())).isGreaterThanOrEqualTo(29);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void fifty_buyers_want_the_last_use_of_a_code_at_two_events() {
    OnSale sale = onSale(100, PRICE_MINOR, Map.of());
    UUID other = sale.organizer().draft(100);
    UUID otherType = sale.organizer().ticketType(other, PRICE_MINOR, null);
    sale.organizer().publish(other);
    sale.organizer().promoCode("LAST", Map.of("percentOff", 5_000, "maxUses", 1)).expect(201);

    List<Answer> answers =
        AtOnce.numbered(
            50,
            number ->
                number % 3 == 0
                    ? buyer(number).register(other, "LAST", List.of(otherType))
                    : buyer(number).register(sale.event(), "LAST", List.of(sale.ticketType())));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allMatch(answer -> answer.code().equals("promo-exhausted"));
    places.assertTheyAddUp(sale.event());
    places.assertTheyAddUp(other);
  }

  @Test
  void one_account_keeps_to_its_limit_at_both_instances() {
    OnSale sale = onSale(100, 0, Map.of("perAccountLimit", 3));
    UUID account = Ids.next();
    List<Buyer> same =
        apis.stream().map(api -> new Buyer(account, api.as(TestTokens.bearer(account)))).toList();

    List<Answer> answers = AtOnce.numbered(24, number -> buys(instance(same, number), sale, 1));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allMatch(answer -> answer.code().equals("account-limit-reached"));
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void who_lets_go_while_the_money_comes_has_places_or_the_money_and_not_both() {
    OnSale sale = onSale(12, PRICE_MINOR, Map.of());
    List<Booked> booked = booked(sale, 12);

    List<Callable<Integer>> all = new ArrayList<>();
    for (int number = 0; number < booked.size(); number++) {
      Booked each = booked.get(number);
      int at = number;
      all.add(() -> pay(at, each));
      all.add(each::lets);
    }
    assertThat(with(200, AtOnce.all(all))).isEqualTo(12);

    assertThat(booked).allMatch(each -> status(each.id()).equals("cancelled"));
    // By whichever way: money that came first is refunded with the cancellation, else it is late.
    assertThat(places.refundCauses(sale.event()))
        .hasSize(12)
        .allMatch(Set.of("attendee-cancelled", "payment-too-late")::contains);
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void payments_that_come_while_holds_end_find_their_places_or_go_back() {
    OnSale sale = onSale(12, PRICE_MINOR, Map.of());
    List<Booked> booked = booked(sale, 12);
    clock.advance(Duration.ofMinutes(31));

    List<Callable<Integer>> all = new ArrayList<>();
    for (int number = 0; number < booked.size(); number++) {
      Booked each = booked.get(number);
      int at = number;
      all.add(() -> pay(at, each));
      all.add(() -> instance(expireHolds, at).handle());
      all.add(() -> buys(buyer(at), sale, 1).status());
    }
    AtOnce.all(all);

    long confirmed = booked.stream().filter(each -> status(each.id()).equals("confirmed")).count();
    assertThat(places.refundCauses(sale.event()))
        .hasSize((int) (12 - confirmed))
        .allMatch("payment-too-late"::equals);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void an_offer_is_taken_or_ends_at_the_moment_of_its_end() {
    OnSale sale = onSale(8, 0, Map.of());
    List<Booked> booked = booked(sale, 8);
    List<Buyer> people = IntStream.range(0, 16).mapToObj(this::buyer).toList();
    List<UUID> entries = people.stream().map(person -> joins(person, sale)).toList();
    booked.forEach(each -> assertThat(each.lets()).isEqualTo(200));
    clock.advance(Duration.ofHours(4));

    List<Callable<Integer>> all = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int at = number;
      // Some of them do not want it any more at that moment.
      all.add(
          number % 4 == 3
              ? () -> people.get(at).api().delete("/api/v1/waitlist/" + entries.get(at)).status()
              : () -> accepts(people.get(at), entries.get(at), sale).status());
      all.add(() -> instance(expireOffers, at).handle());
    }
    AtOnce.all(all);

    assertThat(places.registrations(sale.event(), "confirmed"))
        .as("the time of all offers was over")
        .isZero();
    assertThat(entries.subList(8, 16))
        .allMatch(entry -> entryStatus(entry).equals("offered"), "has the place of who had it");
    places.assertTheyAddUp(sale.event());
  }

  private static UUID joins(Buyer buyer, OnSale sale) {
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post(
            "/api/v1/events/" + sale.event() + "/waitlist",
            Map.of("tickets", List.of(Map.of("ticketTypeId", sale.ticketType(), "quantity", 1))))
        .expect(201)
        .id();
  }

  private static Answer accepts(Buyer buyer, UUID entry, OnSale sale) {
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post(
            "/api/v1/waitlist/" + entry + "/acceptance", Buyer.request(List.of(sale.ticketType())));
  }

  private String entryStatus(UUID entry) {
    return jdbc.sql("SELECT status FROM waitlist_entry WHERE id = :id")
        .param("id", entry)
        .query(String.class)
        .single();
  }

  @Test
  void offers_are_taken_while_the_clock_passes_their_end_and_each_place_has_one_owner() {
    OnSale sale = onSale(8, 0, Map.of());
    List<Booked> booked = booked(sale, 8);
    List<Buyer> people = IntStream.range(0, 16).mapToObj(this::buyer).toList();
    List<UUID> entries = people.stream().map(person -> joins(person, sale)).toList();
    booked.forEach(each -> assertThat(each.lets()).isEqualTo(200));

    List<Callable<Integer>> all = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int at = number;
      all.add(() -> accepts(people.get(at), entries.get(at), sale).status());
      all.add(() -> {
        clock.advance(Duration.ofMinutes(31));
        return instance(expireOffers, at).handle();
      });
    }
    List<Integer> answers = AtOnce.all(all);

    List<Integer> acceptances =
        IntStream.range(0, 8).mapToObj(number -> answers.get(2 * number)).toList();
    assertThat(acceptances).allMatch(status -> status == 201 || status == 409);
    assertThat(places.registrations(sale.event(), "confirmed"))
        .isEqualTo((int) with(201, acceptances));
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_capacity_that_is_lowered_in_a_rush_is_kept_to() {
    OnSale sale = onSale(40, 0, Map.of());

    List<Callable<Integer>> all = new ArrayList<>();
    for (int number = 0; number < 50; number++) {
      int at = number;
      all.add(() -> buys(buyer(at), sale, 1).status());
      if (number % 10 == 0) {
        all.add(() ->
            sale.organizer()
                .owner()
                .patch("/api/v1/events/" + sale.event(), Map.of("capacity", 30 - at / 2))
                .status());
      }
    }
    List<Integer> answers = AtOnce.all(all);

    assertThat(places.taken(sale.event()))
        .isEqualTo((int) with(201, answers))
        .isLessThanOrEqualTo(40);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void of_a_transfer_and_a_check_in_by_two_instances_one_comes_first() {
    Organizer organizer = new Organizer(first);
    Doorkeeping doorkeeping = new Doorkeeping(first, organizer, clock);
    Doorkeeping.Event event = doorkeeping.soon();
    List<Guest> guests =
        IntStream.range(0, 10).mapToObj(_ -> doorkeeping.guest(event, "Ada Lovelace")).toList();
    String staff =
        TestTokens.bearer(Ids.next(), Set.of(), Map.of(organizer.organizationId(), "staff"));

    List<Answer> answers =
        AtOnce.numbered(
            20,
            number -> {
              Guest guest = guests.get(number / 2);
              ApiClient api = instance(apis, number / 2 + number);
              return number % 2 == 0
                  ? api.as(TestTokens.bearer(guest.buyer().accountId()))
                      .patch(
                          guest.path(),
                          Map.of(
                              "attendee",
                              Map.of("name", "Grace Hopper", "email", Ids.next() + "@example.org")))
                  : api.as(staff)
                      .withKey(Ids.next().toString())
                      .post(event.checkIns(), Map.of("ticketCode", guest.code()));
            });

    for (int number = 0; number < guests.size(); number++) {
      Answer transfer = answers.get(2 * number);
      Answer checkIn = answers.get(2 * number + 1);
      boolean transferred = transfer.status() == 200;
      assertThat(checkIn.status() < 300).as(checkIn.text("code")).isNotEqualTo(transferred);
      assertThat(transferred ? checkIn.code() : transfer.code())
          .isEqualTo(transferred ? "ticket-not-valid" : "already-checked-in");
    }
    places.assertTheyAddUp(event.id());
  }
}
