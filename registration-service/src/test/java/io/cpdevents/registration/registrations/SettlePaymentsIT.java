package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class SettlePaymentsIT {

  private static final long PRICE_MINOR = 12_550;
  private static final Duration HOLD_AND_A_BIT = Duration.ofMinutes(31);

  /** Enough keys to reach each of three partitions. */
  private static final int MARKERS = 10;

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Facts facts;
  private final JdbcClient jdbc;
  private final AcceptPayment acceptPayment;
  private final ExpireHolds expireHolds;
  private final ApiClient api;
  private final Organizer organizer;
  private final PlaceCounts places;

  @Autowired
  SettlePaymentsIT(
      MutableClock clock,
      RecordedEvents recorded,
      Facts facts,
      JdbcClient jdbc,
      AcceptPayment acceptPayment,
      ExpireHolds expireHolds,
      ApiClient api) {
    this.clock = clock;
    this.recorded = recorded;
    this.facts = facts;
    this.jdbc = jdbc;
    this.acceptPayment = acceptPayment;
    this.expireHolds = expireHolds;
    this.api = api;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
  }

  /** An event on sale and its one ticket type. */
  private record OnSale(UUID event, UUID ticketType) {}

  @Test
  void money_in_time_confirms_once_however_often_and_under_however_many_ids_it_is_told() {
    OnSale sale = onSale(10);
    Buyer buyer = Buyer.of(api);
    UUID id = buyer.register(sale.event(), List.of(sale.ticketType())).expect(201).id();
    PaymentCaptured captured = captured(id);
    UUID eventId = Ids.next();
    facts.tell(captured, eventId);
    facts.tell(captured, eventId);
    facts.tell(captured);
    RegistrationConfirmed confirmed =
        recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    assertThat(confirmed.paymentId()).isEqualTo(captured.paymentId());
    awaitStatus(id, "confirmed");
    awaitEverythingToldSoFar();
    assertThat(factsOf(id))
        .hasExactlyElementsOfTypes(RegistrationHeld.class, RegistrationConfirmed.class);
    JsonNode seen = buyer.api().get("/api/v1/registrations/" + id).expect(200).body();
    assertThat(seen.path("paymentId").asString()).isEqualTo(captured.paymentId().toString());
    assertThat(seen.at("/tickets/0/code").asString()).hasSize(26);
    JsonNode history = buyer.api().get("/api/v1/registrations/" + id + "/history").body();
    assertThat(history.at("/data/1/to").asString()).isEqualTo("confirmed");
    assertThat(history.path("data")).hasSize(2);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_hold_that_is_not_paid_gives_its_places_back() {
    OnSale sale = onSale(2);
    UUID id =
        Buyer.of(api)
            .register(sale.event(), List.of(sale.ticketType(), sale.ticketType()))
            .expect(201)
            .id();
    Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).refused(409, "sold-out");
    clock.advance(HOLD_AND_A_BIT);
    recorded.await(RegistrationExpired.class, fact -> fact.registrationId().equals(id));
    assertThat(places.taken(sale.event())).isZero();
    Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).expect(201);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_confirms_while_places_are_left() {
    OnSale sale = onSale(1);
    UUID id = expired(sale);
    facts.tell(captured(id));
    recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    assertThat(places.taken(sale.event())).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_goes_back_in_full_and_once_when_no_place_is_left() {
    OnSale sale = onSale(1);
    UUID id = expired(sale);
    Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).expect(201);
    PaymentCaptured late = captured(id);
    facts.tell(late);
    facts.tell(late);
    RefundRequested refund =
        recorded.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
    assertThat(refund.cause()).isEqualTo(RefundCause.PAYMENT_TOO_LATE);
    assertThat(refund.lines()).isEmpty();
    assertThat(refund.cappedAtRemaining()).isTrue();
    assertThat(refund.paymentId()).isEqualTo(late.paymentId());
    awaitEverythingToldSoFar();
    assertThat(factsOf(id))
        .hasExactlyElementsOfTypes(
            RegistrationHeld.class, RegistrationExpired.class, RefundRequested.class);
    awaitStatus(id, "expired");
    assertThat(
            jdbc.sql(
                    """
                    SELECT concat_ws(' ', from_status, trigger, to_status)
                    FROM registration_history WHERE registration_id = :id
                    ORDER BY occurred_at, id
                    """)
                .param("id", id)
                .query(String.class)
                .list())
        .containsExactly(
            "placed held", "held hold-expired expired", "expired payment-captured expired");
    assertThat(places.taken(sale.event())).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_keeps_to_the_quota() {
    OnSale sale = onSale(10);
    organizer
        .owner()
        .patch("/api/v1/ticket-types/" + sale.ticketType(), Map.of("quota", 1))
        .expect(200);
    UUID id = expired(sale);
    held(sale);
    assertGoesBack(sale, id);
  }

  @Test
  void late_money_keeps_to_the_limit_of_an_account() {
    OnSale sale = onSale(10);
    organizer.change(sale.event(), Map.of("perAccountLimit", 1));
    Buyer buyer = Buyer.of(api);
    UUID id = expired(sale, buyer);
    held(sale, buyer);
    assertGoesBack(sale, id);
  }

  @Test
  void late_money_for_an_event_that_is_over_goes_back() {
    OnSale sale = onSale(10);
    UUID id = expired(sale);
    organizer.change(
        sale.event(),
        Map.of(
            "startsAt", clock.instant().minus(Duration.ofHours(2)).toString(),
            "endsAt", clock.instant().plus(Duration.ofMinutes(1)).toString()));
    clock.advance(Duration.ofMinutes(2));
    assertGoesBack(sale, id);
  }

  @Test
  void a_second_payment_for_a_confirmed_registration_goes_back() {
    OnSale sale = onSale(5);
    UUID id = held(sale);
    PaymentCaptured first = captured(id);
    PaymentCaptured second = captured(id);
    facts.tell(first);
    recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    facts.tell(second);
    facts.tell(second);
    RefundRequested refund =
        recorded.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
    assertThat(refund.paymentId()).isEqualTo(second.paymentId());
    assertThat(refund.cause()).isEqualTo(RefundCause.PAID_TWICE);
    assertThat(refund.lines()).isEmpty();
    assertThat(refund.cappedAtRemaining()).isTrue();
    awaitEverythingToldSoFar();
    assertThat(factsOf(id))
        .hasExactlyElementsOfTypes(
            RegistrationHeld.class, RegistrationConfirmed.class, RefundRequested.class);
    awaitStatus(id, "confirmed");
    assertThat(places.taken(sale.event())).isEqualTo(1);
  }

  @Test
  void money_of_another_amount_is_parked_for_a_person_to_look_at() {
    OnSale sale = onSale(5);
    UUID id = held(sale);
    PaymentCaptured wrong = captured(id, PRICE_MINOR - 1);
    facts.tell(wrong);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                jdbc.sql("SELECT count(*) FROM parked_message WHERE key = :key")
                    .param("key", wrong.key())
                    .query(Integer.class)
                    .single(),
            count -> count == 1);
    awaitStatus(id, "held");
  }

  @Test
  void payments_that_arrive_while_their_holds_expire_are_confirmed_and_no_place_is_sold_twice() {
    OnSale sale = onSale(100);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(held(sale));
    }
    clock.advance(HOLD_AND_A_BIT);
    List<Boolean> done =
        AtOnce.crowd(
            ids.size() + 4,
            number ->
                () -> {
                  if (number < ids.size()) {
                    acceptPayment.handle(payment(ids.get(number)));
                  } else {
                    expireHolds.handle();
                  }
                  return true;
                });
    assertThat(done).hasSize(ids.size() + 4);
    // Places are left, so everybody who has paid gets in, whether in time or late.
    assertThat(places.registrations(sale.event(), "confirmed")).isEqualTo(ids.size());
    assertThat(places.taken(sale.event())).isEqualTo(ids.size());
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_payments_and_new_buyers_want_the_last_places_and_everybody_gets_one_or_a_refund() {
    OnSale sale = onSale(20);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(held(sale));
    }
    clock.advance(HOLD_AND_A_BIT);
    await().until(() -> places.registrations(sale.event(), "expired") == ids.size());
    List<Boolean> done =
        AtOnce.crowd(
            40,
            number ->
                () -> {
                  if (number < ids.size()) {
                    acceptPayment.handle(payment(ids.get(number)));
                    return true;
                  }
                  return Buyer.of(api).register(sale.event(), List.of(sale.ticketType())).status()
                      == 201;
                });
    assertThat(places.taken(sale.event())).isEqualTo(20);
    int confirmed = places.registrations(sale.event(), "confirmed");
    int refunds =
        jdbc.sql(
                """
                SELECT count(*) FROM refund_request q JOIN registration r ON r.id = q.registration_id
                WHERE r.event_id = :event AND r.status = 'expired'
                """)
            .param("event", sale.event())
            .query(Integer.class)
            .single();
    assertThat(confirmed + refunds).isEqualTo(ids.size());
    assertThat(done).filteredOn(ok -> ok).hasSize(ids.size() + 20 - confirmed);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void history_and_refunds_cannot_be_rewritten() {
    for (String statement :
        List.of(
            "UPDATE registration_history SET trigger = 'x'",
            "DELETE FROM registration_history",
            "UPDATE refund_request SET cause = 'paid-twice'",
            "DELETE FROM refund_request")) {
      assertThatThrownBy(() -> jdbc.sql(statement).update())
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  private static PaymentCaptured captured(UUID registrationId) {
    return captured(registrationId, PRICE_MINOR);
  }

  private static PaymentCaptured captured(UUID registrationId, long amountMinor) {
    return new PaymentCaptured(
        Ids.next(),
        registrationId,
        Ids.next(),
        Ids.next(),
        Ids.next(),
        new MoneyAmount(amountMinor, "CAD"),
        new MoneyAmount(0, "CAD"),
        Instant.parse("2027-03-01T15:00:00Z"));
  }

  private static AcceptPayment.Command payment(UUID registrationId) {
    return new AcceptPayment.Command(Ids.next(), registrationId, Money.of(PRICE_MINOR, "CAD"));
  }

  private void assertGoesBack(OnSale sale, UUID id) {
    acceptPayment.handle(payment(id));
    recorded.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
    awaitStatus(id, "expired");
    places.assertTheyAddUp(sale.event());
  }

  private OnSale onSale(int capacity) {
    UUID event = organizer.draft(capacity);
    UUID ticketType = organizer.ticketType(event, PRICE_MINOR, null);
    organizer.publish(event);
    return new OnSale(event, ticketType);
  }

  private UUID held(OnSale sale) {
    return held(sale, Buyer.of(api));
  }

  private UUID held(OnSale sale, Buyer buyer) {
    return buyer.register(sale.event(), List.of(sale.ticketType())).expect(201).id();
  }

  private UUID expired(OnSale sale) {
    return expired(sale, Buyer.of(api));
  }

  private UUID expired(OnSale sale, Buyer buyer) {
    UUID id = held(sale, buyer);
    clock.advance(HOLD_AND_A_BIT);
    awaitStatus(id, "expired");
    return id;
  }

  private void awaitStatus(UUID id, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc.sql("SELECT status FROM registration WHERE id = :id")
                    .param("id", id)
                    .query(String.class)
                    .single(),
            status::equals);
  }

  /**
   * Tells later payments on all partitions and waits for their effect: by then everything that was
   * told before is handled.
   */
  private void awaitEverythingToldSoFar() {
    OnSale sale = onSale(MARKERS);
    for (int i = 0; i < MARKERS; i++) {
      UUID id = held(sale);
      facts.tell(captured(id));
      recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    }
  }

  private List<RegistrationEvent> factsOf(UUID id) {
    return recorded.all(RegistrationEvent.class).stream()
        .filter(fact -> fact.registrationId().equals(id))
        .toList();
  }
}
