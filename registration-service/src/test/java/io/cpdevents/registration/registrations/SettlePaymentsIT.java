package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Api;
import io.cpdevents.registration.Crowd;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
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
  private final RecordedEvents facts;
  private final JdbcClient jdbc;
  private final AcceptPayment acceptPayment;
  private final ExpireHolds expireHolds;
  private final Api api;
  private final Organizer organizer;
  private final Places places;
  private final Payments payments;

  @Autowired
  SettlePaymentsIT(
      MutableClock clock,
      RecordedEvents facts,
      JdbcClient jdbc,
      AcceptPayment acceptPayment,
      ExpireHolds expireHolds,
      @LocalServerPort int port,
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
    this.clock = clock;
    this.facts = facts;
    this.jdbc = jdbc;
    this.acceptPayment = acceptPayment;
    this.expireHolds = expireHolds;
    this.api = new Api(port);
    this.organizer = new Organizer(api);
    this.places = new Places(jdbc);
    this.payments = new Payments(bootstrapServers);
  }

  @AfterEach
  void stopTelling() {
    payments.close();
  }

  /** An event on sale and its one ticket type. */
  private record OnSale(UUID event, UUID ticketType) {}

  @Test
  void money_in_time_confirms_once_however_often_and_under_however_many_ids_it_is_told() {
    OnSale sale = onSale(10);
    String buyer = Organizer.stranger();
    UUID id = api.register(sale.event(), buyer, List.of(sale.ticketType())).expect(201).id();
    PaymentCaptured captured = Payments.captured(Ids.next(), id, PRICE_MINOR);
    UUID eventId = Ids.next();
    payments.tell(captured, eventId);
    payments.tell(captured, eventId);
    payments.tell(captured, Ids.next());
    RegistrationConfirmed confirmed =
        facts.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    assertThat(confirmed.paymentId()).isEqualTo(captured.paymentId());
    awaitStatus(id, "confirmed");
    awaitEverythingToldSoFar();
    assertThat(factsOf(id))
        .hasExactlyElementsOfTypes(RegistrationHeld.class, RegistrationConfirmed.class);
    JsonNode seen = api.get("/api/v1/registrations/" + id, buyer).expect(200).body();
    assertThat(seen.path("paymentId").asString()).isEqualTo(captured.paymentId().toString());
    assertThat(seen.at("/tickets/0/code").asString()).hasSize(26);
    JsonNode history = api.get("/api/v1/registrations/" + id + "/history", buyer).body();
    assertThat(history.at("/data/1/to").asString()).isEqualTo("confirmed");
    assertThat(history.path("data")).hasSize(2);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void a_hold_that_is_not_paid_gives_its_places_back() {
    OnSale sale = onSale(2);
    UUID id =
        api.register(
                sale.event(), Organizer.stranger(), List.of(sale.ticketType(), sale.ticketType()))
            .expect(201)
            .id();
    api.register(sale.event(), Organizer.stranger(), List.of(sale.ticketType()))
        .refused(409, "sold-out");
    clock.advance(HOLD_AND_A_BIT);
    facts.await(RegistrationExpired.class, fact -> fact.registrationId().equals(id));
    assertThat(places.taken(sale.event())).isZero();
    api.register(sale.event(), Organizer.stranger(), List.of(sale.ticketType())).expect(201);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_confirms_while_places_are_left() {
    OnSale sale = onSale(1);
    UUID id = expired(sale);
    payments.tell(Payments.captured(Ids.next(), id, PRICE_MINOR), Ids.next());
    facts.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    assertThat(places.taken(sale.event())).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_goes_back_in_full_and_once_when_no_place_is_left() {
    OnSale sale = onSale(1);
    UUID id = expired(sale);
    api.register(sale.event(), Organizer.stranger(), List.of(sale.ticketType())).expect(201);
    PaymentCaptured late = Payments.captured(Ids.next(), id, PRICE_MINOR);
    payments.tell(late, Ids.next());
    payments.tell(late, Ids.next());
    RefundRequested refund =
        facts.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
    assertThat(refund.cause()).isEqualTo("payment-too-late");
    assertThat(refund.amount().amountMinor()).isEqualTo(PRICE_MINOR);
    assertThat(refund.paymentId()).isEqualTo(late.paymentId());
    awaitEverythingToldSoFar();
    assertThat(factsOf(id))
        .hasExactlyElementsOfTypes(
            RegistrationHeld.class, RegistrationExpired.class, RefundRequested.class);
    awaitStatus(id, "expired");
    assertThat(places.taken(sale.event())).isEqualTo(1);
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_keeps_to_the_quota() {
    OnSale sale = onSale(10);
    api.patch("/api/v1/ticket-types/" + sale.ticketType(), organizer.bearer(), Map.of("quota", 1))
        .expect(200);
    UUID id = expired(sale);
    held(sale);
    assertGoesBack(sale, id);
  }

  @Test
  void late_money_keeps_to_the_limit_of_an_account() {
    OnSale sale = onSale(10);
    organizer.change(sale.event(), Map.of("perAccountLimit", 1));
    String buyer = Organizer.stranger();
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
            "endsAt", clock.instant().minus(Duration.ofHours(1)).toString()));
    assertGoesBack(sale, id);
  }

  @Test
  void a_second_payment_for_a_confirmed_registration_goes_back() {
    OnSale sale = onSale(5);
    UUID id = held(sale);
    PaymentCaptured first = Payments.captured(Ids.next(), id, PRICE_MINOR);
    PaymentCaptured second = Payments.captured(Ids.next(), id, PRICE_MINOR);
    payments.tell(first, Ids.next());
    facts.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    payments.tell(second, Ids.next());
    payments.tell(second, Ids.next());
    RefundRequested refund =
        facts.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
    assertThat(refund.paymentId()).isEqualTo(second.paymentId());
    assertThat(refund.cause()).isEqualTo("paid-twice");
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
    PaymentCaptured wrong = Payments.captured(Ids.next(), id, PRICE_MINOR - 1);
    payments.tell(wrong, Ids.next());
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
  void when_money_and_the_end_of_the_hold_meet_nothing_is_lost_and_nothing_is_sold_twice() {
    OnSale sale = onSale(100);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(held(sale));
    }
    clock.advance(HOLD_AND_A_BIT);
    List<Boolean> done =
        Crowd.of(
            ids.size() + 4,
            number ->
                () -> {
                  if (number < ids.size()) {
                    acceptPayment.handle(
                        Payments.captured(Ids.next(), ids.get(number), PRICE_MINOR));
                  } else {
                    expireHolds.handle();
                  }
                  return true;
                });
    assertThat(done).hasSize(ids.size() + 4);
    // Places are left: in time or late, everybody who paid is in.
    assertThat(places.registrations(sale.event(), "confirmed")).isEqualTo(ids.size());
    assertThat(places.taken(sale.event())).isEqualTo(ids.size());
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void late_money_and_new_buyers_fight_for_the_last_places_and_everybody_is_served_or_refunded() {
    OnSale sale = onSale(20);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(held(sale));
    }
    clock.advance(HOLD_AND_A_BIT);
    await().until(() -> places.registrations(sale.event(), "expired") == ids.size());
    List<Boolean> done =
        Crowd.of(
            40,
            number ->
                () -> {
                  if (number < ids.size()) {
                    acceptPayment.handle(
                        Payments.captured(Ids.next(), ids.get(number), PRICE_MINOR));
                    return true;
                  }
                  return api.register(
                              sale.event(), Organizer.stranger(), List.of(sale.ticketType()))
                          .status()
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
            "UPDATE refund_request SET amount_minor = 1",
            "DELETE FROM refund_request")) {
      assertThatThrownBy(() -> jdbc.sql(statement).update())
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  private void assertGoesBack(OnSale sale, UUID id) {
    acceptPayment.handle(Payments.captured(Ids.next(), id, PRICE_MINOR));
    facts.await(RefundRequested.class, fact -> fact.registrationId().equals(id));
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
    return held(sale, Organizer.stranger());
  }

  private UUID held(OnSale sale, String buyer) {
    return api.register(sale.event(), buyer, List.of(sale.ticketType())).expect(201).id();
  }

  private UUID expired(OnSale sale) {
    return expired(sale, Organizer.stranger());
  }

  private UUID expired(OnSale sale, String buyer) {
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

  /** Later payments go all the way, over all partitions: what was told before is handled. */
  private void awaitEverythingToldSoFar() {
    OnSale sale = onSale(MARKERS);
    for (int i = 0; i < MARKERS; i++) {
      UUID id = held(sale);
      payments.tell(Payments.captured(Ids.next(), id, PRICE_MINOR), Ids.next());
      facts.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(id));
    }
  }

  private List<RegistrationEvent> factsOf(UUID id) {
    return facts.all(RegistrationEvent.class).stream()
        .filter(fact -> fact.registrationId().equals(id))
        .toList();
  }
}
