package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.security.MoneyGivenBack;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class CancelTicketsIT {

  private static final long PRICE_MINOR = 12_550;
  private static final Map<String, Object> ALL = Map.of();
  private static final Map<String, Object> HALF_UNTIL_A_WEEK_BEFORE =
      Map.of(
          "refundPolicy",
          Map.of(
              "tiers",
              List.of(
                  Map.of("untilHoursBeforeStart", 720, "refundBasisPoints", 10_000),
                  Map.of("untilHoursBeforeStart", 168, "refundBasisPoints", 5_000))));

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final JdbcClient jdbc;
  private final AcceptPayment acceptPayment;
  private final ExpireHolds expireHolds;
  private final ApiClient api;
  private final Facts facts;
  private final Organizer organizer;
  private final PlaceCounts places;
  private final Bookings bookings;

  @Autowired
  CancelTicketsIT(
      MutableClock clock,
      RecordedEvents recorded,
      JdbcClient jdbc,
      AcceptPayment acceptPayment,
      ExpireHolds expireHolds,
      ApiClient api,
      Facts facts) {
    this.clock = clock;
    this.recorded = recorded;
    this.jdbc = jdbc;
    this.acceptPayment = acceptPayment;
    this.expireHolds = expireHolds;
    this.api = api;
    this.facts = facts;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @Test
  void a_registration_is_shown_as_it_was_at_a_time() {
    OnSale sale = bookings.onSale(2, PRICE_MINOR, Map.of());
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    Booking booking = bookings.booked(sale, 2);
    Instant held = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    acceptPayment.handle(booking.payment());
    Instant confirmed = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    booking.cancel(Map.of("ticketIds", List.of(booking.ticketIds().getFirst()))).expect(200);

    asOf(booking, before).refused(404, "registration-not-found");
    assertThat(asOf(booking, held).expect(200).text("status")).isEqualTo("held");
    assertThat(asOf(booking, held).body().path("paymentId").isNull()).isTrue();
    Answer whole = asOf(booking, confirmed).expect(200);
    assertThat(whole.text("status")).isEqualTo("confirmed");
    assertThat(texts(whole, "status")).containsExactly("valid", "valid");
    assertThat(whole.body().at("/tickets/0/refund").isNull()).isTrue();
    assertThat(whole.body().at("/tickets/1/code").isNull()).isTrue();
    assertThat(texts(asOf(booking, clock.instant()).expect(200), "status"))
        .containsExactly("cancelled", "valid");
  }

  private static Answer asOf(Booking booking, Instant time) {
    return booking.buyer().api().get(booking.path() + "?asOf=" + time);
  }

  @Test
  void a_buyer_lets_go_of_a_hold_and_money_that_comes_all_the_same_goes_back_whole() {
    OnSale sale = bookings.onSale(2, PRICE_MINOR, Map.of("perAccountLimit", 1));
    Booking held = bookings.booked(sale, 2);
    Answer preview = held.buyer().preview(held.id(), ALL).expect(200);
    assertThat(preview.body().at("/refund/amountMinor").asLong()).isZero();
    assertThat(preview.body().at("/tickets/0/paid/amountMinor").asLong()).isZero();
    assertThat(preview.body().path("tier").isNull()).isTrue();

    Answer cancelled = held.cancel(ALL).expect(200);
    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    assertThat(cancelled.text("cancelledAt")).isEqualTo(clock.instant().toString());
    assertThat(cancelled.body()).isEqualTo(held.read().body());
    RegistrationCancelled told = awaitCancelled(held);
    assertThat(told.wasConfirmed()).isFalse();
    assertThat(told.cause()).isEqualTo(CancellationCause.ATTENDEE);
    assertThat(told.ticketIds()).containsExactlyElementsOf(held.ticketIds());
    assertThat(told.paymentId()).isNull();
    assertThat(told.refundId()).isNull();
    assertThat(told.refund()).isNull();
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    held.buyer().register(sale.event(), List.of(sale.ticketType(), sale.ticketType())).expect(201);

    acceptPayment.handle(held.payment());
    acceptPayment.handle(held.payment());
    RefundRequested refund = awaitRefund(held);
    assertThat(refund.cause()).isEqualTo(RefundCause.PAYMENT_TOO_LATE);
    assertThat(refund.lines()).isEmpty();
    assertThat(refund.cappedAtRemaining()).isTrue();
    assertThat(held.read().text("status")).isEqualTo("cancelled");
    assertThat(places.refundCauses(sale.event())).containsExactly("payment-too-late");
    assertThat(factsOf(held))
        .hasExactlyElementsOfTypes(
            RegistrationHeld.class, RegistrationCancelled.class, RefundRequested.class);
  }

  @Test
  void what_the_organization_has_given_back_before_is_no_part_of_what_people_are_told() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 2);
    UUID first = paid.ticketIds().getFirst();
    UUID byAmount = Ids.next();
    facts.tell(accepted(paid, byAmount, RefundCause.REQUESTED, Map.of(first, PRICE_MINOR - 1_000)));
    await().untilAsserted(() -> assertThat(previewed(paid)).containsExactly(1_000L, PRICE_MINOR));
    Answer cancelled = paid.cancel(ALL).expect(200);
    assertThat(amounts(cancelled, "/tickets", "refund")).containsExactly(1_000L, PRICE_MINOR);
    RefundRequested asked = awaitRefund(paid);
    assertThat(asked.lines())
        .extracting(line -> line.amount().amountMinor())
        .containsOnly(PRICE_MINOR);
  }

  @Test
  void a_refund_that_was_called_off_leaves_all_of_a_ticket_for_its_cancellation() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    UUID ticket = paid.ticketIds().getFirst();
    UUID byAmount = Ids.next();
    facts.tell(accepted(paid, byAmount, RefundCause.REQUESTED, Map.of(ticket, 3_000L)));
    await().untilAsserted(() -> assertThat(previewed(paid)).containsExactly(PRICE_MINOR - 3_000));
    facts.tell(calledOff(paid, byAmount, RefundCause.REQUESTED));
    await().untilAsserted(() -> assertThat(previewed(paid)).containsExactly(PRICE_MINOR));
  }

  @Test
  void a_cancelled_ticket_tells_what_really_goes_back_for_it() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 2);
    paid.cancel(ALL).expect(200);
    UUID refund = awaitRefund(paid).refundId();
    // A lost dispute, for example, has left only this.
    facts.tell(
        accepted(
            paid,
            refund,
            RefundCause.ATTENDEE_CANCELLED,
            Map.of(paid.ticketIds().getLast(), 700L)));
    await()
        .untilAsserted(
            () -> assertThat(amounts(paid.read(), "/tickets", "refund")).containsExactly(0L, 700L));
    facts.tell(calledOff(paid, refund, RefundCause.ATTENDEE_CANCELLED));
    await()
        .untilAsserted(
            () -> assertThat(amounts(paid.read(), "/tickets", "refund")).containsExactly(0L, 0L));
    // One that was reduced, which is not told at once, and what is owed again after that.
    UUID first = paid.ticketIds().getFirst();
    for (long amount : List.of(PRICE_MINOR, 2_000L)) {
      facts.tell(accepted(paid, Ids.next(), RefundCause.ATTENDEE_CANCELLED, Map.of(first, amount)));
    }
    UUID last = paid.ticketIds().getLast();
    facts.tell(accepted(paid, Ids.next(), RefundCause.ATTENDEE_CANCELLED, Map.of(last, 1L)));
    await()
        .untilAsserted(() ->
            assertThat(amounts(paid.read(), "/tickets", "refund"))
                .containsExactly(PRICE_MINOR, 1L));
  }

  private static List<Long> previewed(Booking paid) {
    return amounts(paid.buyer().preview(paid.id(), ALL).expect(200), "/tickets", "refund");
  }

  private RefundAccepted accepted(
      Booking paid, UUID refund, RefundCause cause, Map<UUID, Long> tickets) {
    long total = tickets.values().stream().mapToLong(Long::longValue).sum();
    return new RefundAccepted(
        paid.paymentId(),
        refund,
        paid.id(),
        Ids.next(),
        Ids.next(),
        Ids.next(),
        new MoneyAmount(total, "CAD"),
        cause,
        clock.instant(),
        tickets.entrySet().stream()
            .map(each -> new TicketRefund(each.getKey(), new MoneyAmount(each.getValue(), "CAD")))
            .toList(),
        null);
  }

  private RefundCancelled calledOff(Booking paid, UUID refund, RefundCause cause) {
    return new RefundCancelled(
        paid.paymentId(),
        refund,
        paid.id(),
        Ids.next(),
        Ids.next(),
        Ids.next(),
        new MoneyAmount(1, "CAD"),
        cause,
        clock.instant());
  }

  @Test
  void a_buyer_gets_what_the_preview_said_and_the_places_are_on_sale_again() {
    Instant start = clock.instant().plus(Duration.ofDays(20));
    OnSale sale = bookings.onSale(3, 2_391, startingAt(start, HALF_UNTIL_A_WEEK_BEFORE));
    Booking paid = bookings.paid(sale, 3);
    Answer preview = paid.buyer().preview(paid.id(), ALL).expect(200);
    assertThat(preview.body().at("/refund/amountMinor").asLong()).isEqualTo(3_587);
    assertThat(preview.body().at("/refund/currency").asString()).isEqualTo("CAD");
    assertThat(amounts(preview, "/tickets", "refund")).containsExactly(1_196L, 1_196L, 1_195L);
    assertThat(amounts(preview, "/tickets", "paid")).containsOnly(2_391L);
    assertThat(preview.body().at("/tickets/0/ticketId").asString())
        .isEqualTo(paid.ticketIds().getFirst().toString());
    assertThat(preview.body().at("/tier/untilHoursBeforeStart").asInt()).isEqualTo(168);
    assertThat(preview.body().at("/tier/refundBasisPoints").asInt()).isEqualTo(5_000);
    assertThat(paid.read().text("status")).isEqualTo("confirmed");

    Answer cancelled = paid.cancel(Map.of("reason", " I am\nill ")).expect(200);
    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    assertThat(texts(cancelled, "status")).containsOnly("cancelled");
    assertThat(amounts(cancelled, "/tickets", "refund"))
        .isEqualTo(amounts(preview, "/tickets", "refund"));
    assertThat(cancelled.body().at("/tickets/0/code").isNull()).isTrue();
    assertThat(cancelled.body().at("/total/amountMinor").asLong()).isEqualTo(7_173);

    RegistrationCancelled told = awaitCancelled(paid);
    RefundRequested refund = awaitRefund(paid);
    assertThat(told.wasConfirmed()).isTrue();
    assertThat(told.paymentId()).isEqualTo(paid.paymentId());
    assertThat(told.refundId()).isEqualTo(refund.refundId());
    assertThat(told.refund()).isNotNull();
    assertThat(refund.cause()).isEqualTo(RefundCause.ATTENDEE_CANCELLED);
    assertThat(refund.paymentId()).isEqualTo(paid.paymentId());
    assertThat(refund.cappedAtRemaining()).isTrue();
    assertThat(refund.lines()).extracting(RefundLine::ticketId).isEqualTo(paid.ticketIds());
    assertThat(refund.lines())
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(1_196L, 1_196L, 1_195L);
    assertThat(factsOf(paid))
        .hasExactlyElementsOfTypes(
            RegistrationHeld.class,
            RegistrationConfirmed.class,
            RegistrationCancelled.class,
            RefundRequested.class);
    JsonNode entry = history(paid).getLast();
    assertThat(entry.path("trigger").asString()).isEqualTo("cancelled");
    assertThat(entry.path("from").asString()).isEqualTo("confirmed");
    assertThat(entry.path("to").asString()).isEqualTo("cancelled");
    assertThat(entry.path("cause").asString()).isEqualTo("attendee");
    assertThat(entry.path("reason").asString()).isEqualTo("I am\nill");
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    bookings.booked(sale, 3);
  }

  @Test
  void tickets_that_are_cancelled_one_by_one_give_back_what_all_of_them_would_have() {
    Instant start = clock.instant().plus(Duration.ofDays(20));
    UUID event =
        organizer.create(withTerms(organizer, startingAt(start, HALF_UNTIL_A_WEEK_BEFORE)));
    UUID standard = organizer.ticketType(event, 3_333, 10);
    UUID student = organizer.ticketType(event, 1_111, 10);
    organizer.publish(event);
    Booking paid = bookings.paid(event, List.of(standard, student, standard));
    List<Long> whole = amounts(paid.buyer().preview(paid.id(), ALL), "/tickets", "refund");
    assertThat(whole.stream().mapToLong(Long::longValue).sum()).isEqualTo(3_889);

    Answer first = paid.cancel(tickets(paid, 1)).expect(200);
    assertThat(first.text("status")).isEqualTo("confirmed");
    assertThat(texts(first, "status")).containsExactly("valid", "cancelled", "valid");
    assertThat(first.body().at("/tickets/1/code").isNull()).isTrue();
    assertThat(first.body().at("/tickets/0/code").asString()).hasSize(26);
    assertThat(first.body().at("/tickets/0/refund").isNull()).isTrue();
    TicketsCancelled told =
        recorded.await(TicketsCancelled.class, fact -> fact.registrationId().equals(paid.id()));
    assertThat(told.ticketIds()).containsExactly(paid.ticketIds().get(1));
    assertThat(told.cause()).isEqualTo(CancellationCause.ATTENDEE);
    assertThat(places.taken(event)).isEqualTo(2);
    places.assertTheyAddUp(event);

    Answer rest = paid.cancel(tickets(paid, 0, 1, 2)).expect(200);
    assertThat(rest.text("status")).isEqualTo("cancelled");
    assertThat(awaitCancelled(paid).ticketIds())
        .containsExactly(paid.ticketIds().get(0), paid.ticketIds().get(2));
    assertThat(amounts(rest, "/tickets", "refund")).isEqualTo(whole);
    List<RefundRequested> refunds = refunds(paid, 2);
    assertThat(refunds.stream().flatMap(refund -> refund.lines().stream()))
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(whole.get(1), whole.get(0), whole.get(2));
    assertThat(history(paid))
        .extracting(entry -> entry.path("trigger").asString())
        .containsExactly("placed", "payment-captured", "tickets-cancelled", "cancelled");
    assertThat(places.taken(event)).isZero();
    places.assertTheyAddUp(event);
  }

  @Test
  void free_tickets_are_cancelled_without_a_refund() {
    OnSale sale = bookings.onSale(2, 0, Map.of("perAccountLimit", 1));
    Booking free = bookings.booked(sale, 2);
    assertThat(
            free.buyer()
                .preview(free.id(), tickets(free, 0))
                .body()
                .at("/refund/amountMinor")
                .asLong())
        .isZero();
    free.cancel(tickets(free, 0)).expect(200);
    assertThat(free.read().text("status")).isEqualTo("confirmed");
    places.assertTheyAddUp(sale.event());
    free.buyer()
        .register(sale.event(), List.of(sale.ticketType()))
        .refused(409, "account-limit-reached");
    free.cancel(ALL).expect(200);
    assertThat(awaitCancelled(free).refundId()).isNull();
    assertThat(places.refundCauses(sale.event())).isEmpty();
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
    free.buyer().register(sale.event(), List.of(sale.ticketType())).expect(201);
  }

  @Test
  void the_organization_decides_how_much_goes_back_and_every_time_is_audited() {
    OnSale sale =
        bookings.onSale(10, PRICE_MINOR, Map.of("refundPolicy", Map.of("tiers", List.of())));
    Booking full = bookings.paid(sale, 2);
    Booking none = bookings.paid(sale, 1);
    Booking byPolicy = bookings.paid(sale, 1);
    Booking hold = bookings.booked(sale, 1);

    Buyer.cancel(organizer.owner(), full.id(), Map.of("refund", "full", "reason", "Full house"))
        .expect(200);
    ApiClient admin = organizer.member("admin");
    Buyer.cancel(admin, none.id(), Map.of("refund", "none")).expect(200);
    Buyer.cancel(admin, byPolicy.id(), ALL).expect(200);
    Buyer.cancel(admin, hold.id(), Map.of("refund", "by-policy")).expect(200);

    RegistrationCancelled told = awaitCancelled(full);
    assertThat(told.cause()).isEqualTo(CancellationCause.ORGANIZATION);
    RefundRequested refund = awaitRefund(full);
    assertThat(refund.cause()).isEqualTo(RefundCause.ORGANIZATION_CANCELLED);
    assertThat(refund.lines())
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(PRICE_MINOR, PRICE_MINOR);
    for (Booking without : List.of(none, byPolicy, hold)) {
      assertThat(awaitCancelled(without).refund()).isNull();
    }
    assertThat(places.refundCauses(sale.event())).containsExactly("organization-cancelled");
    assertThat(history(full).getLast().path("cause").asString()).isEqualTo("organization");
    assertThat(history(full).getLast().path("reason").asString()).isEqualTo("Full house");
    for (Booking each : List.of(full, none, byPolicy, hold)) {
      AuditEntryRecorded entry = awaitAudit(each, "registration.cancelled");
      assertThat(entry.organizationId()).isEqualTo(organizer.organizationId());
      assertThat(entry.actorAccountId()).isNotNull();
      assertThat(entry.details().toString()).doesNotContain("Full house");
    }
    assertThat(awaitAudit(full, "registration.cancelled").details())
        .containsEntry("refund", "full")
        .containsEntry("refundMinor", Long.toString(2 * PRICE_MINOR))
        .containsEntry("tickets", "2");
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void what_one_member_gives_back_within_an_hour_counts_together_and_asks_for_a_proof() {
    OnSale sale = bookings.onSale(20, PRICE_MINOR);
    List<Booking> paid = Stream.generate(() -> bookings.paid(sale, 1)).limit(6).toList();
    Booking dear = bookings.paid(sale, 4);
    Booking held = bookings.booked(sale, 4);
    ApiClient stolen = organizer.memberWhoProvedLongAgo("admin");
    Map<String, String> whole = Map.of("refund", "full");

    Buyer.cancel(stolen, dear.id(), whole).refused(403, "step-up-required");
    Buyer.cancel(stolen, held.id(), whole).expect(200);
    Buyer.cancel(stolen, paid.get(0).id(), whole).expect(200);
    Buyer.cancel(stolen, paid.get(1).id(), whole).expect(200);
    List<Answer> atOnce =
        AtOnce.numbered(3, i -> Buyer.cancel(stolen, paid.get(2 + i).id(), whole));
    assertThat(atOnce).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(atOnce)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(answer -> answer.code().equals("step-up-required"));

    Buyer.cancel(stolen, dear.id(), Map.of("refund", "none")).expect(200);
    Buyer.cancel(organizer.member("admin"), paid.get(5).id(), whole).expect(200);
    Booking own = paid.get(2 + indexOfRefused(atOnce));
    own.cancel(ALL).expect(200);
    clock.advance(MoneyGivenBack.SUM_TIME);
    Booking later = bookings.paid(sale, 1);
    Buyer.cancel(stolen, later.id(), whole).expect(200);
  }

  private static int indexOfRefused(List<Answer> answers) {
    return answers.indexOf(
        answers.stream().filter(answer -> answer.status() != 200).findFirst().orElseThrow());
  }

  @Test
  void the_organization_cancels_single_tickets_also_after_the_event() {
    Instant start = clock.instant().plus(Duration.ofDays(1));
    OnSale sale = bookings.onSale(10, PRICE_MINOR, startingAt(start, Map.of()));
    Booking paid = bookings.paid(sale, 2);
    organizer.change(
        sale.event(),
        Map.of(
            "startsAt", clock.instant().minus(Duration.ofHours(2)).toString(),
            "endsAt", clock.instant().plus(Duration.ofMinutes(1)).toString()));
    clock.advance(Duration.ofMinutes(2));
    paid.buyer().preview(paid.id(), ALL).refused(409, "event-started");
    paid.cancel(ALL).refused(409, "event-started");
    Answer one =
        Buyer.cancel(
                organizer.owner(),
                paid.id(),
                Map.of("refund", "full", "ticketIds", List.of(paid.ticketIds().getFirst())))
            .expect(200);
    assertThat(one.text("status")).isEqualTo("confirmed");
    assertThat(awaitAudit(paid, "tickets.cancelled").details()).containsEntry("tickets", "1");
    Buyer.cancel(organizer.owner(), paid.id(), ALL).expect(200);
    assertThat(awaitCancelled(paid).refund()).isNull();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void who_booked_before_the_event_was_moved_keeps_the_better_tier() {
    Instant start = clock.instant().plus(Duration.ofDays(40));
    OnSale sale = bookings.onSale(10, PRICE_MINOR, startingAt(start, HALF_UNTIL_A_WEEK_BEFORE));
    Booking before = bookings.paid(sale, 1);
    Instant earlier = clock.instant().plus(Duration.ofDays(3));
    organizer.change(sale.event(), startingAt(earlier, Map.of()));
    clock.advance(Duration.ofMillis(1));
    Booking after = bookings.paid(sale, 1);
    assertThat(
            before.buyer().preview(before.id(), ALL).body().at("/tier/refundBasisPoints").asInt())
        .isEqualTo(10_000);
    assertThat(after.buyer().preview(after.id(), ALL).body().path("tier").isNull()).isTrue();
    after.cancel(ALL).expect(200);
    assertThat(awaitCancelled(after).refund()).isNull();
    before.cancel(ALL).expect(200);
    assertThat(awaitRefund(before).lines().getFirst().amount().amountMinor())
        .isEqualTo(PRICE_MINOR);
  }

  @Test
  void strangers_find_nothing_and_members_need_the_role() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 1);
    String cancellation = paid.path() + "/cancellation";
    String preview = paid.path() + "/cancellation-preview";
    api.withKey("k").post(cancellation, ALL).expect(401);
    api.post(preview, ALL).expect(401);
    ApiClient neighbour = new Organizer(api).owner();
    for (ApiClient stranger : List.of(Buyer.of(api).api(), neighbour)) {
      stranger.withKey("k").post(cancellation, ALL).refused(404, "registration-not-found");
      stranger.post(preview, ALL).refused(404, "registration-not-found");
      stranger
          .withKey("full")
          .post(cancellation, Map.of("refund", "full"))
          .refused(404, "registration-not-found");
    }
    for (String role : List.of("staff", "finance")) {
      ApiClient member = organizer.member(role);
      member.withKey("k").post(cancellation, ALL).refused(403, "role-missing");
      member.post(preview, ALL).refused(403, "role-missing");
    }
    paid.cancel(Map.of("refund", "full")).refused(403, "role-missing");
    paid.cancel(Map.of("refund", "by-policy")).refused(403, "role-missing");
    organizer.member("admin").post(preview, ALL).expect(200);
    organizer.owner().post(preview).expect(200);
    assertThat(paid.read().text("status")).isEqualTo("confirmed");
  }

  @Test
  void what_cannot_be_cancelled_is_refused_by_its_code() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 2);
    Booking held = bookings.booked(sale, 2);
    Buyer buyer = paid.buyer();
    buyer.cancel(Ids.next(), ALL).refused(404, "registration-not-found");
    buyer.preview(Ids.next(), ALL).refused(404, "registration-not-found");
    paid.cancel(Map.of("ticketIds", List.of(Ids.next()))).refused(404, "ticket-not-found");
    paid.cancel(Map.of("ticketIds", held.ticketIds())).refused(404, "ticket-not-found");
    held.cancel(tickets(held, 0)).refused(409, "hold-is-whole");
    held.buyer().preview(held.id(), tickets(held, 0)).refused(409, "hold-is-whole");
    held.cancel(tickets(held, 0, 1)).expect(200);
    held.cancel(ALL).refused(409, "already-cancelled");
    paid.cancel(tickets(paid, 0, 0)).expect(200);
    paid.cancel(tickets(paid, 0)).refused(409, "already-cancelled");
    buyer.preview(paid.id(), tickets(paid, 0)).refused(409, "already-cancelled");
    paid.cancel(ALL).expect(200);
    paid.cancel(ALL).refused(409, "already-cancelled");
    Booking late = bookings.booked(sale, 1);
    clock.advance(Duration.ofMinutes(31));
    await().until(() -> late.read().text("status").equals("expired"));
    late.cancel(ALL).refused(409, "wrong-state");
    late.buyer().preview(late.id(), ALL).refused(409, "wrong-state");
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void junk_is_refused_and_changes_nothing() {
    Booking paid = bookings.paid(bookings.onSale(10, PRICE_MINOR), 1);
    ApiClient owner = organizer.owner();
    paid.buyer()
        .api()
        .post(paid.path() + "/cancellation", ALL)
        .refused(400, "idempotency-key-required");
    for (Map<String, ?> junk :
        List.<Map<String, ?>>of(
            Map.of("refund", "half"),
            Map.of("refund", 1),
            Map.of("reason", "x".repeat(1_001)),
            Map.of("reason", "a\u0007b"),
            Map.of("ticketIds", List.of()),
            Map.of("ticketIds", "all"),
            Map.of("ticketIds", List.of("one")),
            Map.of("ticketIds", Stream.generate(Ids::next).limit(21).toList()))) {
      Buyer.cancel(owner, paid.id(), junk).refused(400, "invalid-request");
    }
    Buyer.cancel(owner, paid.id(), Map.of("colour", "red")).refused(400, "unknown-field");
    owner
        .post(paid.path() + "/cancellation-preview", Map.of("refund", "full"))
        .refused(400, "unknown-field");
    owner
        .withKey("k")
        .post(paid.path() + "/cancellation", "{\"ticketIds\":[null]}")
        .refused(400, "invalid-request");
    assertThat(paid.read().text("status")).isEqualTo("confirmed");
    Buyer.cancel(owner, paid.id(), Map.of("reason", "x".repeat(1_000))).expect(200);
  }

  @Test
  void a_request_without_a_body_cancels_everything() {
    Booking paid = bookings.paid(bookings.onSale(10, PRICE_MINOR), 2);
    paid.buyer().api().post(paid.path() + "/cancellation-preview").expect(200);
    Answer cancelled =
        paid.buyer().api().withKey("whole").post(paid.path() + "/cancellation").expect(200);
    assertThat(cancelled.text("status")).isEqualTo("cancelled");
  }

  @Test
  void a_repeated_request_gets_the_same_answer_also_after_a_crash() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 2);
    String key = Ids.next().toString();
    ApiClient sender = paid.buyer().api().withKey(key);
    String path = paid.path() + "/cancellation";
    Answer first = sender.post(path, tickets(paid, 0)).expect(200);
    assertThat(sender.post(path, tickets(paid, 0)).expect(200).body()).isEqualTo(first.body());
    sender.post(path, tickets(paid, 1)).refused(422, "idempotency-key-reused");
    // As if the process had died after the commit and before it saved its answer.
    jdbc.sql(
            """
            UPDATE api_idempotency SET status = NULL, body = NULL, locked_until = NULL
            WHERE key = :key
            """)
        .param("key", key)
        .update();
    assertThat(sender.post(path, tickets(paid, 0)).expect(200).body()).isEqualTo(first.body());
    assertThat(places.refundCauses(sale.event())).containsExactly("attendee-cancelled");
    assertThat(places.taken(sale.event())).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void twenty_cancellations_of_one_registration_at_once_cancel_it_once() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR, Map.of("perAccountLimit", 1));
    Booking paid = bookings.paid(sale, 3);
    List<Answer> answers = AtOnce.times(20, () -> paid.cancel(ALL));
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(answer -> answer.code().equals("already-cancelled"));
    assertThat(refunds(paid, 1)).hasSize(1);
    assertThat(places.refundCauses(sale.event())).hasSize(1);
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void twenty_tickets_that_are_cancelled_at_once_give_back_exactly_what_was_paid() {
    OnSale sale = bookings.onSale(40, 3_333);
    Booking paid = bookings.paid(sale, 20);
    List<Answer> answers =
        AtOnce.crowd(40, number -> () -> paid.cancel(tickets(paid, number % 20)));
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(20);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(answer -> answer.code().equals("already-cancelled"));
    List<RefundRequested> refunds = refunds(paid, 20);
    assertThat(
            refunds.stream()
                .flatMap(refund -> refund.lines().stream())
                .mapToLong(line -> line.amount().amountMinor())
                .sum())
        .isEqualTo(20 * 3_333);
    awaitCancelled(paid);
    assertThat(factsOf(paid)).filteredOn(TicketsCancelled.class::isInstance).hasSize(19);
    assertThat(paid.read().text("status")).isEqualTo("cancelled");
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void money_that_arrives_while_its_hold_is_let_go_goes_back_once() {
    OnSale sale = bookings.onSale(100, PRICE_MINOR);
    List<Booking> held = many(20, () -> bookings.booked(sale, 1));
    AtOnce.crowd(
        2 * held.size(),
        number -> {
          Booking booking = held.get(number / 2);
          return number % 2 == 0
              ? () -> booking.cancel(ALL).expect(200).status()
              : () -> {
                acceptPayment.handle(booking.payment());
                return 0;
              };
        });
    for (Booking booking : held) {
      assertThat(booking.read().text("status")).isEqualTo("cancelled");
      // Before the cancellation it is refunded by the policy, after it as late: whole both times.
      assertThat(refunds(booking, 1))
          .singleElement()
          .satisfies(refund -> {
            assertThat(refund.paymentId()).isEqualTo(booking.paymentId());
            assertThat(refund.cause())
                .isIn(RefundCause.ATTENDEE_CANCELLED, RefundCause.PAYMENT_TOO_LATE);
          });
    }
    assertThat(places.refundCauses(sale.event())).hasSize(held.size());
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void holds_that_are_let_go_while_they_expire_give_their_places_back_once() {
    OnSale sale = bookings.onSale(100, PRICE_MINOR, Map.of("perAccountLimit", 2));
    List<Booking> held = many(20, () -> bookings.booked(sale, 2));
    clock.advance(Duration.ofMinutes(31));
    List<Answer> answers =
        AtOnce.crowd(
            held.size() + 4,
            number ->
                () -> {
                  if (number < held.size()) {
                    return held.get(number).cancel(ALL);
                  }
                  expireHolds.handle();
                  return held.getFirst().read();
                });
    assertThat(answers.subList(0, held.size()))
        .allMatch(answer -> answer.status() == 200 || answer.code().equals("wrong-state"));
    await().until(() -> places.registrations(sale.event(), "held") == 0);
    assertThat(places.taken(sale.event())).isZero();
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_crowd_registers_while_others_cancel_and_no_place_is_lost_or_sold_twice() {
    OnSale sale = bookings.onSale(40, PRICE_MINOR, Map.of("perAccountLimit", 3));
    List<Booking> paid = many(20, () -> bookings.paid(sale, 2));
    Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).refused(409, "sold-out");
    List<Answer> answers =
        AtOnce.crowd(
            80,
            number -> {
              if (number < 20) {
                Booking booking = paid.get(number);
                return () -> booking.cancel(number % 2 == 0 ? ALL : tickets(booking, 1));
              }
              Buyer buyer = Buyer.of(api);
              return () -> buyer.register(sale.event(), List.of(sale.ticketType()));
            });
    assertThat(answers.subList(0, 20)).allMatch(answer -> answer.status() == 200);
    assertThat(answers.subList(20, 80))
        .allMatch(answer -> answer.status() == 201 || answer.code().equals("sold-out"));
    places.assertTheyAddUp(sale.event());
    int left = 40 - places.taken(sale.event());
    List<Callable<Answer>> late = new ArrayList<>();
    for (int i = 0; i < left + 5; i++) {
      Buyer buyer = Buyer.of(api);
      late.add(() -> buyer.register(sale.event(), List.of(sale.ticketType())));
    }
    assertThat(AtOnce.all(late)).filteredOn(answer -> answer.status() == 201).hasSize(left);
    assertThat(places.taken(sale.event())).isEqualTo(40);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_mail_shows_which_tickets_were_cancelled_and_has_codes_for_the_others_only() {
    Booking paid = bookings.paid(bookings.onSale(10, PRICE_MINOR), 2);
    paid.cancel(tickets(paid, 0)).expect(200);
    JsonNode mail = mailContent(paid);
    assertThat(mail.at("/tickets/0/status").asString()).isEqualTo("cancelled");
    assertThat(mail.at("/tickets/0/code").isNull()).isTrue();
    assertThat(mail.at("/tickets/1/status").asString()).isEqualTo("valid");
    assertThat(mail.at("/tickets/1/code").asString()).hasSize(26);
  }

  @Test
  void a_mail_shows_the_tier_by_which_a_buyer_got_money_back_and_the_reason_of_the_organization() {
    Booking paid = bookings.paid(bookings.onSale(10, PRICE_MINOR), 2);
    Map<String, Object> one = new java.util.HashMap<>(tickets(paid, 0));
    one.put("reason", "Mine, not the organizer's");
    paid.cancel(one).expect(200);
    clock.advance(Duration.ofMinutes(1));
    Buyer.cancel(organizer.owner(), paid.id(), Map.of("reason", "Full house")).expect(200);

    JsonNode mail = mailContent(paid);
    assertThat(mail.at("/status").asString()).isEqualTo("cancelled");
    JsonNode byBuyer = mail.at("/tickets/0/cancellation");
    assertThat(byBuyer.path("reason").isNull()).isTrue();
    assertThat(byBuyer.at("/tier/refundBasisPoints").asInt()).isEqualTo(10_000);
    assertThat(byBuyer.at("/tier/untilHoursBeforeStart").asInt()).isEqualTo(48);
    JsonNode byOrganization = mail.at("/tickets/1/cancellation");
    assertThat(byOrganization.path("reason").asString()).isEqualTo("Full house");
    assertThat(byOrganization.path("tier").isNull()).isTrue();
    assertThat(mail.at("/tickets/1/total/amountMinor").asLong()).isEqualTo(PRICE_MINOR);
  }

  @Test
  void only_services_are_told_who_attends_and_only_of_places_that_are_for_good() {
    OnSale sale = bookings.onSale(10, PRICE_MINOR);
    Booking paid = bookings.paid(sale, 3);
    paid.cancel(tickets(paid, 0)).expect(200);
    jdbc.sql(
            """
            UPDATE ticket SET attendee_name = '(erased)', attendee_email = 'erased@erased.invalid'
             WHERE id = :id
            """)
        .param("id", paid.ticketIds().get(1))
        .update();
    UUID held = bookings.booked(sale, 1).id();
    String path = "/internal/attendees?registrationId=" + paid.id() + "&registrationId=" + held;

    Answer answer = api.as("Bearer internal-token-of-the-test").get(path).expect(200);

    assertThat(answer.body().size()).isEqualTo(1);
    JsonNode attendee = answer.body().get(0);
    assertThat(attendee.path("registrationId").asString()).isEqualTo(paid.id().toString());
    assertThat(attendee.path("ticketId").asString()).isEqualTo(paid.ticketIds().get(2).toString());
    assertThat(attendee.path("email").asString()).contains("@");
    api.as("Bearer internal-token-of-the-test")
        .get(path + ("&registrationId=" + held).repeat(49))
        .refused(400, "invalid-request");
    organizer.owner().get(path).expect(401);
    api.get(path).expect(401);
    Buyer.cancel(organizer.owner(), paid.id(), Map.of()).expect(200);
    assertThat(api.as("Bearer internal-token-of-the-test").get(path).expect(200).body().size())
        .isZero();
  }

  private JsonNode mailContent(Booking booking) {
    return api.as("Bearer internal-token-of-the-test")
        .get("/internal/mail-contents?registrationId=" + booking.id())
        .expect(200)
        .body()
        .get(0);
  }

  private static <T> List<T> many(int count, Callable<T> make) {
    return AtOnce.times(count, make);
  }

  private static Map<String, Object> withTerms(Organizer organizer, Map<String, ?> terms) {
    Map<String, Object> request = organizer.eventRequest("Wound care", 10);
    request.putAll(terms);
    return request;
  }

  private static Map<String, Object> startingAt(Instant start, Map<String, ?> terms) {
    Map<String, Object> all = new HashMap<>(terms);
    all.put("startsAt", start.toString());
    all.put("endsAt", start.plus(Duration.ofHours(8)).toString());
    return all;
  }

  private static Map<String, Object> tickets(Booking booking, int... indexes) {
    return Map.of("ticketIds", Arrays.stream(indexes).mapToObj(booking.ticketIds()::get).toList());
  }

  private static List<Long> amounts(Answer answer, String path, String field) {
    return answer
        .body()
        .at(path)
        .valueStream()
        .map(one -> one.path(field).path("amountMinor").asLong())
        .toList();
  }

  private static List<String> texts(Answer answer, String field) {
    return answer
        .body()
        .path("tickets")
        .valueStream()
        .map(one -> one.path(field).asString())
        .toList();
  }

  private static List<JsonNode> history(Booking booking) {
    return booking
        .buyer()
        .api()
        .get(booking.path() + "/history")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .toList();
  }

  private RegistrationCancelled awaitCancelled(Booking booking) {
    return recorded.await(RegistrationCancelled.class, of(booking));
  }

  private RefundRequested awaitRefund(Booking booking) {
    return recorded.await(RefundRequested.class, of(booking));
  }

  private List<RefundRequested> refunds(Booking booking, int count) {
    await().until(() -> told(RefundRequested.class, booking).size() >= count);
    return told(RefundRequested.class, booking);
  }

  private List<RegistrationEvent> factsOf(Booking booking) {
    return told(RegistrationEvent.class, booking);
  }

  private <E extends RegistrationEvent> List<E> told(Class<E> type, Booking booking) {
    return recorded.all(type).stream().filter(of(booking)).toList();
  }

  private static <E extends RegistrationEvent> Predicate<E> of(Booking booking) {
    return fact -> fact.registrationId().equals(booking.id());
  }

  private AuditEntryRecorded awaitAudit(Booking booking, String action) {
    return recorded.await(
        AuditEntryRecorded.class,
        entry ->
            entry.action().equals(action) && entry.subjectId().equals(booking.id().toString()));
  }
}
