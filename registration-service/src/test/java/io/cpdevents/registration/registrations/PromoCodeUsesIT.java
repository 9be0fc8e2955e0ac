package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.promocodes.WatchPromoCodes;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import io.cpdevents.registration.registrations.NewRegistration.TicketKey;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.Registrations.Placing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class PromoCodeUsesIT {

  private static final Duration HOLD_AND_A_BIT = Duration.ofMinutes(31);

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final AcceptPayment acceptPayment;
  private final ExpireHolds expireHolds;
  private final WatchPromoCodes watchPromoCodes;
  private final RemovePromoGuesses removePromoGuesses;
  private final MeterRegistry metrics;
  private final EventsOnSale eventsOnSale;
  private final Registrations registrations;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;
  private final ApiClient api;
  private final Organizer organizer;
  private final Bookings bookings;
  private final PlaceCounts places;

  @Autowired
  PromoCodeUsesIT(
      MutableClock clock,
      RecordedEvents recorded,
      AcceptPayment acceptPayment,
      ExpireHolds expireHolds,
      WatchPromoCodes watchPromoCodes,
      RemovePromoGuesses removePromoGuesses,
      MeterRegistry metrics,
      EventsOnSale eventsOnSale,
      Registrations registrations,
      Outbox outbox,
      TransactionTemplate transaction,
      JdbcClient jdbc,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.acceptPayment = acceptPayment;
    this.expireHolds = expireHolds;
    this.watchPromoCodes = watchPromoCodes;
    this.removePromoGuesses = removePromoGuesses;
    this.metrics = metrics;
    this.eventsOnSale = eventsOnSale;
    this.registrations = registrations;
    this.outbox = outbox;
    this.transaction = transaction;
    this.jdbc = jdbc;
    this.api = api;
    this.organizer = new Organizer(api);
    this.bookings = new Bookings(api, organizer, acceptPayment);
    this.places = new PlaceCounts(jdbc);
  }

  @AfterEach
  void uses_are_live_registrations() {
    assertThat(differences()).isZero();
  }

  @Test
  void a_discount_is_allocated_to_the_tickets_that_it_is_for_and_adds_up() {
    UUID event = organizer.draft(10);
    UUID standard = organizer.ticketType(event, 3_335, null);
    UUID student = organizer.ticketType(event, 1_000, null);
    organizer.publish(event);
    UUID code = promoCode("THIRD", Map.of("percentOff", 3_333, "ticketTypeIds", List.of(standard)));
    Buyer buyer = Buyer.of(api);

    Answer held =
        buyer.register(event, "third", List.of(standard, student, standard, standard)).expect(201);

    // 33.33 % of 3 × 33.35 is 33.346665: 33.35, of which the first two tickets bear a cent more.
    assertThat(minor(held, "/discount")).isEqualTo(3_335);
    assertThat(minor(held, "/price")).isEqualTo(11_005);
    assertThat(minor(held, "/total")).isEqualTo(7_670);
    assertThat(held.text("promoCode")).isEqualTo("THIRD");
    assertThat(eachTicket(held, "discount")).containsExactly(1_112L, 0L, 1_112L, 1_111L);
    assertThat(eachTicket(held, "total")).containsExactly(2_223L, 1_000L, 2_223L, 2_224L);
    assertThat(buyer.api().get("/api/v1/registrations/" + held.id()).expect(200).body())
        .isEqualTo(held.body());
    RegistrationHeld told =
        recorded.await(RegistrationHeld.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(told.tickets().stream().mapToLong(line -> line.total().amountMinor()).sum())
        .isEqualTo(told.total().amountMinor())
        .isEqualTo(7_670);
    assertThat(uses(code)).isEqualTo(1);
  }

  @Test
  void an_amount_is_off_once_for_a_registration_and_no_more_than_it_costs() {
    OnSale sale = bookings.onSale(10, 2_000);
    promoCode("TEN", Map.of("amountOff", cad(1_000)));
    promoCode("MUCH", Map.of("amountOff", cad(100_000)));

    Answer ten = quote(sale, "TEN", 3).expect(200);
    assertThat(minor(ten, "/discount")).isEqualTo(1_000);
    assertThat(minor(ten, "/lines/0/discount")).isEqualTo(1_000);
    Answer free = Buyer.of(api).register(sale.event(), "MUCH", two(sale)).expect(201);
    assertThat(minor(free, "/total")).isZero();
    assertThat(free.text("status")).isEqualTo("confirmed");
  }

  @Test
  void codes_cannot_be_guessed_from_one_network_neither_by_quotes_nor_by_registrations() {
    OnSale sale = bookings.onSale(10, 2_000);
    promoCode("EARLY25", Map.of("percentOff", 2_500));
    ApiClient guesser = api.with("X-Forwarded-For", "203.0.113.231");
    Buyer buyer = Buyer.of(guesser);
    for (int guess = 1; guess < PromoGuesses.MAX_WRONG_CODES; guess++) {
      quoteOf(guesser, sale, "EARLY" + (100 + guess), 1).refused(409, "promo-invalid");
      buyer
          .register(sale.event(), "EARLY" + (100 + guess), two(sale))
          .refused(409, "promo-invalid");
    }
    quoteOf(guesser, sale, "EARLY25", 1).expect(200);
    quoteOf(guesser, sale, "EARLY99", 1).refused(409, "promo-invalid");
    buyer.register(sale.event(), "EARLY99", two(sale)).refused(409, "promo-invalid");

    Answer refused = quoteOf(guesser, sale, "EARLY25", 1).refused(429, "too-many-requests");
    buyer.register(sale.event(), "EARLY25", two(sale)).refused(429, "too-many-requests");
    Buyer.of(guesser).register(sale.event(), "EARLY25", two(sale)).expect(201);

    assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(3_500L, 3_600L);
    guesser
        .post(
            "/api/v1/events/" + sale.event() + "/quotes",
            Map.of("tickets", List.of(Map.of("ticketTypeId", sale.ticketType(), "quantity", 1))))
        .expect(200);
    ApiClient elsewhere = api.with("X-Forwarded-For", "203.0.113.232");
    quoteOf(elsewhere, sale, "EARLY25", 1).expect(200);
    OnSale ofAnother = new Bookings(api, new Organizer(api), acceptPayment).onSale(10, 2_000);
    quoteOf(guesser, ofAnother, "EARLY25", 1).refused(409, "promo-invalid");

    clock.advance(PromoGuesses.WINDOW);
    quoteOf(guesser, sale, "EARLY25", 1).expect(200);
    assertThat(removePromoGuesses.handle()).isPositive();
  }

  @Test
  void nor_can_they_from_many_networks_of_what_anybody_gets_for_nothing() {
    OnSale sale = bookings.onSale(10, 2_000);
    promoCode("LATE25", Map.of("percentOff", 2_500));
    for (int guess = 0; guess < PromoGuesses.MAX_WRONG_CODES_OF_ALLOTMENT; guess++) {
      quoteOf(
              api.with("X-Forwarded-For", "2001:db8:4713:%x00::1".formatted(guess / 20)),
              sale,
              "LATE" + (100 + guess),
              1)
          .refused(409, "promo-invalid");
    }

    quoteOf(api.with("X-Forwarded-For", "2001:db8:4713:9900::1"), sale, "LATE25", 1)
        .refused(429, "too-many-requests");
    quoteOf(api.with("X-Forwarded-For", "2001:db8:4714:9900::1"), sale, "LATE25", 1).expect(200);
  }

  @Test
  void a_total_that_nobody_can_charge_is_refused_at_the_quote() {
    OnSale sale = bookings.onSale(10, 2_000);
    promoCode("ALMOST", Map.of("amountOff", cad(1_990)));

    quote(sale, "ALMOST", 1).refused(409, "total-below-minimum");
    Buyer.of(api)
        .register(sale.event(), "ALMOST", List.of(sale.ticketType()))
        .refused(409, "total-below-minimum");
  }

  @Test
  void a_code_is_refused_where_it_is_not_meant() {
    OnSale sale = bookings.onSale(10, 2_000);
    OnSale other = bookings.onSale(10, 2_000);
    OnSale free = bookings.onSale(10, 0);
    String now = clock.instant().toString();
    promoCode("OTHER", Map.of("percentOff", 1_000, "eventIds", List.of(other.event())));
    promoCode("USD", Map.of("amountOff", Map.of("amountMinor", 500, "currency", "USD")));
    promoCode("OVER", Map.of("percentOff", 1_000, "validUntil", now));
    promoCode("NOW", Map.of("percentOff", 1_000, "validFrom", now));
    promoCode("ENDED", Map.of("percentOff", 1_000, "status", "ended"));
    new Organizer(api).promoCode("NEIGHBOUR", Map.of("percentOff", 1_000)).expect(201);

    for (String code : List.of("OTHER", "USD", "OVER", "ENDED", "NEIGHBOUR", "NOBODYS", "a b")) {
      quote(sale, code, 1).refused(409, "promo-invalid");
      Buyer.of(api)
          .register(sale.event(), code, List.of(sale.ticketType()))
          .refused(409, "promo-invalid");
    }
    quote(free, "NOW", 1).refused(409, "promo-invalid");
    quote(sale, "now", 1).expect(200);
    quote(other, "OTHER", 1).expect(200);
    assertThat(places.taken(sale.event())).isZero();
  }

  @Test
  void of_fifty_buyers_of_several_events_one_gets_the_last_use() {
    List<OnSale> sales = IntStream.range(0, 5).mapToObj(_ -> bookings.onSale(50, 2_000)).toList();
    UUID code = promoCode("LAST", Map.of("percentOff", 5_000, "maxUses", 3));
    Buyer.of(api).register(sales.getFirst().event(), "LAST", two(sales.getFirst())).expect(201);
    Buyer.of(api).register(sales.getLast().event(), "LAST", two(sales.getLast())).expect(201);

    List<Answer> answers =
        AtOnce.times(
            50,
            () -> {
              OnSale sale = sales.get(ThreadLocalRandom.current().nextInt(sales.size()));
              return Buyer.of(api).register(sale.event(), "LAST", List.of(sale.ticketType()));
            });

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("promo-exhausted"));
    assertThat(uses(code)).isEqualTo(3);
    sales.forEach(sale -> places.assertTheyAddUp(sale.event()));
    assertThat(sales.stream().mapToInt(sale -> places.taken(sale.event())).sum()).isEqualTo(5);
  }

  @Test
  void one_account_uses_a_code_as_often_as_it_may_however_it_asks() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("TWICE", Map.of("percentOff", 10_000, "maxUsesPerAccount", 2));
    Buyer greedy = Buyer.of(api);

    List<Answer> answers =
        AtOnce.times(10, () -> greedy.register(sale.event(), "TWICE", List.of(sale.ticketType())));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(2);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("promo-account-limit"));
    quoteOf(greedy.api(), sale, "TWICE", 1).refused(409, "promo-account-limit");
    quote(sale, "TWICE", 1).expect(200);
    Buyer.of(api).register(sale.event(), "TWICE", List.of(sale.ticketType())).expect(201);
    assertThat(uses(code)).isEqualTo(3);
  }

  @Test
  void a_use_dies_with_its_registration() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("ONE", Map.of("percentOff", 5_000, "maxUses", 1, "maxUsesPerAccount", 1));
    Buyer buyer = Buyer.of(api);

    UUID let = buyer.register(sale.event(), "ONE", two(sale)).expect(201).id();
    buyer.cancel(let, Map.of()).expect(200);
    buyer.register(sale.event(), "ONE", two(sale)).expect(201);
    assertThat(uses(code)).isEqualTo(1);
    clock.advance(HOLD_AND_A_BIT);
    expireHolds.handle();
    assertThat(uses(code)).isZero();
    Booking paid = paid(buyer, sale, "ONE", 3);
    paid.cancel(Map.of("ticketIds", List.of(paid.ticketIds().getFirst()))).expect(200);
    assertThat(uses(code)).as("it lives while a ticket is left").isEqualTo(1);
    Answer whole = paid.cancel(Map.of()).expect(200);
    assertThat(uses(code)).isZero();
    assertThat(whole.body().path("tickets").valueStream().mapToLong(PromoCodeUsesIT::refund).sum())
        .as("what was paid goes back, not the price")
        .isEqualTo(minor(whole, "/total"))
        .isEqualTo(3_000);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_takes_its_use_again_or_goes_back() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("LATE", Map.of("percentOff", 5_000, "maxUses", 1));
    Booking first = held(Buyer.of(api), sale, "LATE", 1);
    clock.advance(HOLD_AND_A_BIT);
    expireHolds.handle();
    Booking second = held(Buyer.of(api), sale, "LATE", 1);

    acceptPayment.handle(first.payment());
    assertThat(first.read().text("status"))
        .as("places are left, the use is not")
        .isEqualTo("expired");
    assertThat(places.refundCauses(sale.event())).containsExactly("payment-too-late");
    clock.advance(HOLD_AND_A_BIT);
    expireHolds.handle();
    organizer.owner().patch("/api/v1/promo-codes/" + code, Map.of("status", "ended")).expect(200);
    acceptPayment.handle(second.payment());
    assertThat(second.read().text("status")).as("at the agreed price").isEqualTo("confirmed");
    assertThat(uses(code)).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void payments_and_the_end_of_holds_at_the_same_time_leave_each_use_with_a_registration() {
    List<OnSale> sales = IntStream.range(0, 3).mapToObj(_ -> bookings.onSale(50, 2_000)).toList();
    UUID code = promoCode("RACE", Map.of("percentOff", 5_000, "maxUses", 12));
    List<Booking> booked =
        IntStream.range(0, 12)
            .mapToObj(i -> held(Buyer.of(api), sales.get(i % sales.size()), "RACE", 1))
            .toList();
    clock.advance(HOLD_AND_A_BIT);

    List<Runnable> steps =
        booked.stream().map(each -> (Runnable) () -> acceptPayment.handle(each.payment())).toList();
    AtOnce.numbered(
        36,
        step -> {
          if (step % 3 == 0) {
            steps.get(step / 3).run();
          } else if (step % 3 == 1) {
            expireHolds.handle();
          } else {
            OnSale sale = sales.get(step % sales.size());
            Buyer.of(api).register(sale.event(), "RACE", List.of(sale.ticketType()));
          }
          return step;
        });

    assertThat(uses(code)).isLessThanOrEqualTo(12);
    assertThat(differences()).isZero();
    sales.forEach(sale -> places.assertTheyAddUp(sale.event()));
  }

  @Test
  void a_cancelled_event_gives_all_uses_of_its_codes_back() {
    OnSale sale = bookings.onSale(50, 2_000);
    OnSale other = bookings.onSale(50, 2_000);
    UUID one = promoCode("HERE", Map.of("percentOff", 5_000));
    UUID two = promoCode("THERE", Map.of("percentOff", 2_500));
    for (int i = 0; i < 3; i++) {
      paid(Buyer.of(api), sale, "HERE", 1);
      held(Buyer.of(api), sale, "THERE", 1);
      held(Buyer.of(api), other, "THERE", 1);
    }

    organizer.cancel(sale.event(), Map.of("reason", "Snow")).expect(202);

    await("all are cancelled").until(() -> uses(one) == 0 && uses(two) == 3);
    clock.advance(HOLD_AND_A_BIT);
    expireHolds.handle();
    assertThat(uses(two)).isZero();
  }

  @Test
  void no_use_is_taken_of_a_code_that_has_changed_since_it_was_read() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("CHANGES", Map.of("percentOff", 10_000));
    PlaceRegistration.Command command =
        new PlaceRegistration.Command(
            Ids.next(),
            sale.event(),
            Ids.next(),
            List.of(new WantedTicket(sale.ticketType(), new Attendee("Ada", "ada@example.org"))),
            new TypedCodes("CHANGES", null),
            List.of(),
            null);
    List<TicketQuantity> wanted = List.of(new TicketQuantity(sale.ticketType(), 1));
    EventOnSale read =
        eventsOnSale
            .find(sale.event(), wanted, command.codes(), command.accountId(), clock.instant())
            .orElseThrow();
    NewRegistration free =
        NewRegistration.of(
            command,
            wanted,
            read,
            Ids.next(),
            List.of(new TicketKey(Ids.next(), TicketCode.next())),
            clock.instant());

    organizer.owner().patch("/api/v1/promo-codes/" + code, Map.of("percentOff", 5_000)).expect(200);

    Placing placing =
        transaction.execute(status -> {
          status.setRollbackOnly();
          return registrations.place(free, outbox.row(free.fact()));
        });
    assertThat(placing).isEqualTo(Placing.NO_USE_OF_PROMO_CODE);
  }

  @Test
  void a_limit_below_the_uses_stops_further_ones_and_takes_none_away() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("LESS", Map.of("percentOff", 5_000));
    for (int i = 0; i < 3; i++) {
      Buyer.of(api).register(sale.event(), "LESS", List.of(sale.ticketType())).expect(201);
    }

    organizer.owner().patch("/api/v1/promo-codes/" + code, Map.of("maxUses", 2)).expect(200);

    quote(sale, "LESS", 1).refused(409, "promo-exhausted");
    assertThat(uses(code)).isEqualTo(3);
    assertThat(places.registrations(sale.event(), "held")).isEqualTo(3);
  }

  @Test
  void a_counter_that_is_wrong_is_measured() {
    OnSale sale = bookings.onSale(50, 2_000);
    UUID code = promoCode("WRONG", Map.of("percentOff", 5_000));
    Buyer.of(api).register(sale.event(), "WRONG", List.of(sale.ticketType())).expect(201);

    add(code, 1);
    assertThat(differences()).isEqualTo(1);
    add(code, -1);
    assertThat(differences()).isZero();
  }

  private void add(UUID code, int uses) {
    jdbc.sql("UPDATE promo_code_use SET uses = uses + :uses WHERE promo_code_id = :code")
        .param("uses", uses)
        .param("code", code)
        .update();
  }

  private double differences() {
    watchPromoCodes.handle();
    return metrics.get("cpd.promo.codes.differing").gauge().value();
  }

  private UUID promoCode(String code, Map<String, ?> terms) {
    return organizer.promoCode(code, terms).expect(201).id();
  }

  private int uses(UUID code) {
    return organizer
        .owner()
        .get("/api/v1/promo-codes/" + code)
        .expect(200)
        .body()
        .path("uses")
        .asInt(-1);
  }

  private Answer quote(OnSale sale, String code, int quantity) {
    return quoteOf(api, sale, code, quantity);
  }

  private static Answer quoteOf(ApiClient buyer, OnSale sale, String code, int quantity) {
    return buyer.post(
        "/api/v1/events/" + sale.event() + "/quotes",
        Map.of(
            "tickets",
            List.of(Map.of("ticketTypeId", sale.ticketType(), "quantity", quantity)),
            "promoCode",
            code));
  }

  private Booking held(Buyer buyer, OnSale sale, String code, int tickets) {
    return bookings.of(
        buyer,
        buyer
            .register(sale.event(), code, Collections.nCopies(tickets, sale.ticketType()))
            .expect(201));
  }

  private Booking paid(Buyer buyer, OnSale sale, String code, int tickets) {
    Booking booking = held(buyer, sale, code, tickets);
    acceptPayment.handle(booking.payment());
    return booking;
  }

  private static List<UUID> two(OnSale sale) {
    return Collections.nCopies(2, sale.ticketType());
  }

  private static Map<String, Object> cad(long minor) {
    return new HashMap<>(Map.of("amountMinor", minor, "currency", "CAD"));
  }

  private static long minor(Answer answer, String pointer) {
    return answer.body().at(pointer + "/amountMinor").asLong(-1);
  }

  private static List<Long> eachTicket(Answer answer, String field) {
    return StreamSupport.stream(answer.body().path("tickets").spliterator(), false)
        .map(ticket -> ticket.path(field).path("amountMinor").asLong(-1))
        .toList();
  }

  private static long refund(JsonNode ticket) {
    return ticket.path("refund").path("amountMinor").asLong(-1);
  }
}
