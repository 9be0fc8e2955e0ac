package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.Organizer;
import io.cpdevents.registration.PlaceCounts;
import io.cpdevents.registration.registrations.Bookings.Booking;
import io.cpdevents.registration.registrations.Bookings.OnSale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What billing-service tells of payments, refunds and disputes. */
@CpdIntegrationTest
class FollowPaymentsIT {

  private static final long PRICE_MINOR = 12_550;
  private static final MoneyAmount PRICE = new MoneyAmount(PRICE_MINOR, "CAD");
  private static final Instant AT = Instant.parse("2027-03-01T15:00:00Z");

  private final MutableClock clock;
  private final RecordedEvents recorded;
  private final Facts facts;
  private final ApiClient api;
  private final JdbcClient jdbc;
  private final ExpireHolds expireHolds;
  private final Organizer organizer;
  private final PlaceCounts places;
  private final Bookings bookings;

  @Autowired
  FollowPaymentsIT(
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
    this.expireHolds = expireHolds;
    this.api = api;
    this.organizer = new Organizer(api);
    this.places = new PlaceCounts(jdbc);
    this.bookings = new Bookings(api, organizer, acceptPayment);
  }

  @Test
  void a_bank_that_takes_five_days_finds_the_places_still_held() {
    OnSale sale = bookings.onSale(1, PRICE_MINOR);
    Booking held = bookings.booked(sale, 1);
    Instant normalEnd = holdExpiresAt(held);
    facts.tell(processing(held));
    facts.tell(processing(held));
    Instant inFiveDays = clock.instant().plus(Duration.ofDays(5));
    await().until(() -> holdExpiresAt(held).equals(inFiveDays));
    assertThat(normalEnd).isBefore(inFiveDays);
    clock.advance(Duration.ofDays(5).minusSeconds(1));
    expireHolds.handle();
    assertThat(held.read().text("status")).isEqualTo("held");
    facts.tell(captured(held));
    recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(held.read().text("status")).isEqualTo("confirmed");
    List<JsonNode> history = history(held);
    assertThat(history)
        .extracting(entry -> entry.path("trigger").asString())
        .startsWith("placed", "payment-processing")
        .endsWith("payment-captured");
    assertThat(history.get(1).path("paymentId").asString()).isEqualTo(held.paymentId().toString());
    assertThat(history.get(1).path("to").asString()).isEqualTo("held");
    places.assertTheyAddUp(sale.event());
  }

  @Test
  void what_a_buyer_has_by_a_lost_dispute_is_not_promised_for_a_cancellation_as_well() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 2);
    UUID dispute = Ids.next();
    facts.tell(disputed(paid, dispute, false, false));
    facts.tell(closed(paid, dispute, DisputeOutcome.LOST));
    await().until(() -> promised(paid) == PRICE_MINOR);
    facts.tell(closed(paid, dispute, DisputeOutcome.WON));
    await().until(() -> promised(paid) == 2 * PRICE_MINOR);
  }

  private static long promised(Booking paid) {
    return paid.buyer()
        .preview(paid.id(), Map.of())
        .expect(200)
        .body()
        .at("/refund/amountMinor")
        .asLong();
  }

  @Test
  void a_bank_that_does_not_answer_in_five_days_gives_the_places_back() {
    OnSale sale = bookings.onSale(1, PRICE_MINOR);
    Booking held = bookings.booked(sale, 1);
    facts.tell(processing(held));
    await().until(() -> isExtended(held));
    clock.advance(Duration.ofDays(5));
    recorded.await(RegistrationExpired.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(places.taken(sale.event())).isZero();
  }

  @Test
  void a_bank_that_refuses_at_once_leaves_the_buyer_the_rest_of_the_normal_time() {
    Booking held = bookings.booked(bookings.onSale(1, PRICE_MINOR), 1);
    Instant normalEnd = holdExpiresAt(held);
    facts.tell(processing(held));
    await().until(() -> isExtended(held));
    facts.tell(failed(held, true));
    await().until(() -> !isExtended(held));
    assertThat(holdExpiresAt(held)).isEqualTo(normalEnd);
    assertThat(history(held).getLast().path("trigger").asString()).isEqualTo("payment-failed");
  }

  @Test
  void a_bank_that_refuses_after_days_leaves_the_buyer_ten_minutes() {
    OnSale sale = bookings.onSale(1, PRICE_MINOR);
    Booking held = bookings.booked(sale, 1);
    facts.tell(processing(held));
    await().until(() -> isExtended(held));
    clock.advance(Duration.ofDays(3));
    facts.tell(failed(held, true));
    await().until(() -> !isExtended(held));
    assertThat(holdExpiresAt(held)).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(10));
    recorded.await(RegistrationExpired.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(places.taken(sale.event())).isZero();
  }

  @Test
  void a_card_that_is_declined_while_there_is_time_changes_nothing() {
    Booking held = bookings.booked(bookings.onSale(1, PRICE_MINOR), 1);
    Instant normalEnd = holdExpiresAt(held);
    facts.tell(failed(held, false));
    facts.tell(processing(held));
    facts.tell(failed(held, false));
    Booking paid = bookings.paid(bookings.onSale(1, PRICE_MINOR), 1);
    await().until(() -> isExtended(held));
    facts.tell(captured(held));
    recorded.await(RegistrationConfirmed.class, fact -> fact.registrationId().equals(held.id()));
    assertThat(normalEnd).isBefore(holdExpiresAt(held));
    assertThat(history(held))
        .extracting(entry -> entry.path("trigger").asString())
        .containsExactly("placed", "payment-processing", "payment-captured");
    facts.tell(processing(paid));
    facts.tell(failed(paid, true));
    facts.tell(disputed(paid, Ids.next(), false, true));
    awaitTicketStatus(paid, "disputed");
    assertThat(history(paid)).hasSize(2);
  }

  @Test
  void a_hold_that_is_let_go_while_the_bank_takes_its_time_refunds_what_comes() {
    OnSale sale = bookings.onSale(1, PRICE_MINOR);
    Booking held = bookings.booked(sale, 1);
    facts.tell(processing(held));
    await().until(() -> isExtended(held));
    held.cancel(Map.of()).expect(200);
    facts.tell(captured(held));
    await().until(() -> places.refundCauses(sale.event()).size() == 1);
    assertThat(places.refundCauses(sale.event())).containsExactly("payment-too-late");
    assertThat(held.read().text("status")).isEqualTo("cancelled");
  }

  @Test
  void a_refund_is_followed_until_the_money_is_with_the_buyer() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    paid.cancel(Map.of()).expect(200);
    UUID refund = refundOf(paid);
    assertThat(status(refund)).isEqualTo("requested");
    facts.tell(
        new RefundAccepted(
            paid.paymentId(),
            refund,
            paid.id(),
            any(),
            any(),
            any(),
            PRICE,
            RefundCause.ATTENDEE_CANCELLED,
            AT,
            null,
            null));
    facts.tell(refundFailed(paid, refund, true, false));
    facts.tell(refundSucceeded(paid, refund));
    await().until(() -> status(refund).equals("succeeded"));
    facts.tell(refundFailed(paid, refund, true, true));
    await().until(() -> status(refund).equals("requested"));
    facts.tell(refundFailed(paid, refund, false, false));
    await().until(() -> status(refund).equals("failed"));
    facts.tell(refundSucceeded(paid, refund));
    facts.tell(refundSucceeded(paid, refund));
    await().until(() -> status(refund).equals("succeeded"));
  }

  @Test
  void a_refund_that_is_called_off_and_one_that_nobody_asked_for_here_are_no_trouble() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    paid.cancel(Map.of()).expect(200);
    UUID refund = refundOf(paid);
    facts.tell(refundSucceeded(paid, Ids.next()));
    facts.tell(
        new FraudWarningReceived(
            paid.paymentId(), paid.id(), any(), any(), any(), "misc", false, AT));
    facts.tell(
        new RefundCancelled(
            paid.paymentId(),
            refund,
            paid.id(),
            any(),
            any(),
            any(),
            PRICE,
            RefundCause.ATTENDEE_CANCELLED,
            AT));
    await().until(() -> status(refund).equals("cancelled"));
    assertThat(parked(paid)).isZero();
  }

  @Test
  void tickets_let_nobody_in_while_the_bank_takes_the_whole_payment_back() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 2);
    UUID dispute = Ids.next();
    facts.tell(disputed(paid, dispute, false, true));
    awaitTicketStatus(paid, "disputed");
    assertThat(paid.read().text("status")).isEqualTo("confirmed");
    assertThat(paid.read().body().at("/tickets/0/code").isNull()).isTrue();
    facts.tell(
        new DisputeDeadlineNear(
            paid.paymentId(), dispute, paid.id(), any(), any(), any(), PRICE, AT, 72, AT));
    facts.tell(closed(paid, dispute, DisputeOutcome.WON));
    awaitTicketStatus(paid, "valid");
    assertThat(paid.read().body().at("/tickets/0/code").asString()).hasSize(26);
    facts.tell(closed(paid, dispute, DisputeOutcome.LOST));
    awaitTicketStatus(paid, "disputed");
    facts.tell(closed(paid, dispute, DisputeOutcome.PREVENTED));
    awaitTicketStatus(paid, "valid");
    assertThat(parked(paid)).isZero();
  }

  @Test
  void mails_show_the_codes_of_disputed_tickets_since_they_open_the_door_again() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    facts.tell(disputed(paid, Ids.next(), false, true));
    awaitTicketStatus(paid, "disputed");
    JsonNode mail =
        api.as("Bearer internal-token-of-the-test")
            .get("/internal/mail-contents?registrationId=" + paid.id())
            .expect(200)
            .body()
            .get(0);
    assertThat(mail.at("/tickets/0/code").asString()).hasSize(26);
  }

  @Test
  void an_inquiry_leaves_tickets_valid_until_it_takes_the_money() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    UUID dispute = Ids.next();
    facts.tell(disputed(paid, dispute, true, true));
    await().until(() -> disputeStatus(dispute).equals(List.of("inquiry")));
    assertThat(ticketStatus(paid)).isEqualTo("valid");
    facts.tell(
        new DisputeEscalated(
            paid.paymentId(), dispute, paid.id(), any(), any(), any(), PRICE, true, AT, AT));
    awaitTicketStatus(paid, "disputed");
    facts.tell(closed(paid, dispute, DisputeOutcome.INQUIRY_CLOSED));
    awaitTicketStatus(paid, "valid");
  }

  @Test
  void a_dispute_of_a_part_leaves_tickets_valid() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    UUID dispute = Ids.next();
    facts.tell(disputed(paid, dispute, false, false));
    await().until(() -> disputeStatus(dispute).equals(List.of("open")));
    assertThat(ticketStatus(paid)).isEqualTo("valid");
    facts.tell(closed(paid, dispute, DisputeOutcome.LOST));
    await().until(() -> disputeStatus(dispute).equals(List.of("lost")));
    assertThat(ticketStatus(paid)).isEqualTo("valid");
  }

  @Test
  void a_dispute_of_another_payment_than_the_one_that_confirmed_leaves_tickets_valid() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    UUID dispute = Ids.next();
    Booking second =
        new Booking(paid.buyer(), paid.id(), paid.ticketIds(), paid.total(), Ids.next());
    facts.tell(disputed(second, dispute, false, true));
    await().until(() -> disputeStatus(dispute).equals(List.of("open")));
    assertThat(ticketStatus(paid)).isEqualTo("valid");
  }

  @Test
  void cancelled_tickets_stay_cancelled_whatever_becomes_of_a_dispute() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 2);
    facts.tell(disputed(paid, Ids.next(), false, true));
    awaitTicketStatus(paid, "disputed");
    paid.cancel(Map.of("ticketIds", paid.ticketIds().subList(0, 1))).expect(200);
    assertThat(paid.read().body().at("/tickets/0/status").asString()).isEqualTo("cancelled");
    assertThat(paid.read().body().at("/tickets/1/status").asString()).isEqualTo("disputed");
  }

  @Test
  void a_dispute_that_goes_on_without_having_begun_is_parked() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    facts.tell(closed(paid, Ids.next(), DisputeOutcome.LOST));
    await().atMost(Duration.ofSeconds(60)).until(() -> parked(paid) == 1);
    assertThat(ticketStatus(paid)).isEqualTo("valid");
  }

  @Test
  void a_dispute_that_was_prevented_before_it_began_changes_nothing() {
    Booking paid = bookings.paid(bookings.onSale(5, PRICE_MINOR), 1);
    facts.tell(closed(paid, Ids.next(), DisputeOutcome.PREVENTED));
    facts.tell(disputed(paid, Ids.next(), false, true));
    awaitTicketStatus(paid, "disputed");
    assertThat(parked(paid)).isZero();
  }

  private static UUID any() {
    return Ids.next();
  }

  private static PaymentProcessing processing(Booking booking) {
    return new PaymentProcessing(booking.paymentId(), booking.id(), AT);
  }

  private static PaymentFailed failed(Booking booking, boolean wasProcessing) {
    return new PaymentFailed(
        booking.paymentId(), booking.id(), "insufficient_funds", wasProcessing, AT);
  }

  private static PaymentCaptured captured(Booking booking) {
    return new PaymentCaptured(
        booking.paymentId(),
        booking.id(),
        any(),
        any(),
        any(),
        booking.total().toAmount(),
        new MoneyAmount(0, "CAD"),
        AT);
  }

  private static RefundSucceeded refundSucceeded(Booking booking, UUID refund) {
    return new RefundSucceeded(
        booking.paymentId(),
        refund,
        booking.id(),
        any(),
        any(),
        any(),
        PRICE,
        RefundCause.ATTENDEE_CANCELLED,
        AT,
        null);
  }

  private static RefundFailed refundFailed(
      Booking booking, UUID refund, boolean retried, boolean afterSuccess) {
    return new RefundFailed(
        booking.paymentId(),
        refund,
        booking.id(),
        any(),
        any(),
        any(),
        PRICE,
        RefundCause.ATTENDEE_CANCELLED,
        "lost_or_stolen_card",
        retried,
        afterSuccess,
        AT);
  }

  private static DisputeOpened disputed(
      Booking booking, UUID dispute, boolean inquiry, boolean wholePayment) {
    return new DisputeOpened(
        booking.paymentId(),
        dispute,
        booking.id(),
        any(),
        any(),
        any(),
        PRICE,
        inquiry,
        wholePayment,
        "product_not_received",
        AT,
        AT);
  }

  private static DisputeClosed closed(Booking booking, UUID dispute, DisputeOutcome outcome) {
    return new DisputeClosed(
        booking.paymentId(),
        dispute,
        booking.id(),
        any(),
        any(),
        any(),
        PRICE,
        outcome,
        outcome == DisputeOutcome.LOST ? PRICE : new MoneyAmount(0, "CAD"),
        AT,
        outcome == DisputeOutcome.LOST
            ? List.of(new TicketRefund(booking.ticketIds().getFirst(), PRICE))
            : List.of());
  }

  private static Instant holdExpiresAt(Booking booking) {
    return Instant.parse(booking.read().text("holdExpiresAt"));
  }

  private boolean isExtended(Booking booking) {
    return jdbc.sql("SELECT hold_extended_from IS NOT NULL FROM registration WHERE id = :id")
        .param("id", booking.id())
        .query(Boolean.class)
        .single();
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

  private static String ticketStatus(Booking booking) {
    return booking.read().body().at("/tickets/0/status").asString();
  }

  private static void awaitTicketStatus(Booking booking, String status) {
    await().until(() -> ticketStatus(booking), status::equals);
  }

  private UUID refundOf(Booking booking) {
    return jdbc.sql("SELECT refund_id FROM refund_request WHERE registration_id = :id")
        .param("id", booking.id())
        .query(UUID.class)
        .single();
  }

  private String status(UUID refund) {
    return jdbc.sql("SELECT status FROM refund_request WHERE refund_id = :id")
        .param("id", refund)
        .query(String.class)
        .single();
  }

  private List<String> disputeStatus(UUID dispute) {
    return jdbc.sql("SELECT status FROM dispute WHERE id = :id")
        .param("id", dispute)
        .query((row, _) -> row.getString("status"))
        .list();
  }

  private int parked(Booking booking) {
    return jdbc.sql("SELECT count(*) FROM parked_message WHERE key = :key")
        .param("key", booking.paymentId().toString())
        .query(Integer.class)
        .single();
  }
}
